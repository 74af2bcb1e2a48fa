// node look.mjs styles NBS OUT: theme.scss and theme-dark.scss on Bootstrap, as Quarto layers them, to OUT/light.css and OUT/dark.css
// node look.mjs start BROWSER ADDRESS SELECTOR [PICTURE]: the text of an application once it has started
// node look.mjs pages < JOB.json: opens every page at every width and in both themes; prints what is wrong with each as JSON; pictures to JOB.pictures
import {readFileSync, writeFileSync} from "node:fs";
import {createRequire} from "node:module";
import {dirname, join} from "node:path";
import {pathToFileURL} from "node:url";

const require = createRequire(import.meta.url);
const modules = join(dirname(require.resolve("bootstrap/package.json")), "..");

async function styles(nbs, out) {
  const sass = await import("sass");
  const shared = readFileSync(join(nbs, "styles.css"), "utf8");
  for (const [theme, file] of [["light", "theme.scss"], ["dark", "theme-dark.scss"]]) {
    const [defaults, rules] = readFileSync(join(nbs, file), "utf8").split("/*-- scss:rules --*/");
    const source = `${defaults}\n@import "bootstrap/scss/bootstrap";\n${rules}`;
    const {css} = sass.compileString(source, {loadPaths: [modules], quietDeps: true, logger: sass.Logger.silent});
    writeFileSync(join(out, `${theme}.css`), `${css}\n${shared}`);
  }
}

// what a reader sees of an open page at one width
async function look(page, width) {
  await page.setViewport({width, height: 900});
  await page.evaluate(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))));
  const wide = await page.evaluate(() => {
    const beyond = [...document.querySelectorAll("main *")].filter(element => {
      if (element.closest("mjx-assistive-mml")) return false;
      for (let box = element.parentElement; box && box !== document.body; box = box.parentElement)
        if (/auto|scroll|hidden/.test(getComputedStyle(box).overflowX)) return false;
      return element.getBoundingClientRect().right > innerWidth + 1;
    });
    const scrolls = document.documentElement.scrollWidth > innerWidth;
    return scrolls ? beyond.slice(0, 3).map(element => element.outerHTML.slice(0, 160)).concat("scrolls sideways") : [];
  });
  const found = await page.evaluate(() => axe.run({resultTypes: ["violations"], rules: {region: {enabled: false}}}));
  const axe = found.violations.map(({id, nodes}) => `${id} (${nodes.length}): ${nodes[0].html.slice(0, 120)}: ${nodes[0].any[0]?.message ?? ""}`);
  return [...wide, ...axe];
}

// pictures of the whole page, one for every window full, from its top downwards
async function photograph(page, width, path) {
  const high = 2400;
  await page.setViewport({width, height: high});
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  for (let y = 0, piece = 1; y < height; y += high, piece++) {
    await page.evaluate(y => scrollTo(0, y), y);
    const clip = {x: 0, y, width, height: Math.min(high, height - y)};
    await page.screenshot({path: `${path}-${String(piece).padStart(2, "0")}.png`, clip, captureBeyondViewport: false});
  }
}

async function pages() {
  const job = JSON.parse(readFileSync(0, "utf8"));
  const puppeteer = (await import("puppeteer-core")).default;
  const args = ["--no-sandbox", "--disable-gpu", "--allow-file-access-from-files", "--force-prefers-reduced-motion"];
  const browser = await puppeteer.launch({executablePath: job.browser, headless: true, args});
  const wrong = {};
  try {
    const page = await browser.newPage();
    for (const name of job.pages) for (const theme of job.themes) {
      await page.setViewport({width: job.widths[0], height: 900});
      await page.emulateMediaFeatures([{name: "prefers-color-scheme", value: theme}]);   // the stand-in obeys ?theme=
      await page.goto(`${pathToFileURL(join(job.folder, name))}?theme=${theme}`, {waitUntil: "load"});
      await page.evaluate(() => window.MathJax?.startup?.promise);
      await page.addScriptTag({path: require.resolve("axe-core/axe.min.js")});
      for (const width of job.widths) {
        const said = await look(page, width);
        if (said.length) wrong[`${name} ${width} ${theme}`] = said;
        const path = join(job.pictures, `${name.replaceAll("/", "-").replace(".html", "")}-${width}-${theme}`);
        if (job.pictures) await photograph(page, width, path);
      }
    }
  } finally { await browser.close(); }
  console.log(JSON.stringify(wrong, null, 1));
}

// what an application shows once `selector` is there, with a picture of it if `picture` is given
async function start(browser_path, address, selector, picture) {
  const puppeteer = (await import("puppeteer-core")).default;
  const browser = await puppeteer.launch({executablePath: browser_path, headless: true, args: ["--no-sandbox", "--disable-gpu"]});
  try {
    const page = await browser.newPage();
    await page.setViewport({width: 1280, height: 800});
    await page.goto(address);
    await page.waitForSelector(selector, {timeout: 120000});
    if (picture) {
      await new Promise(resolve => setTimeout(resolve, 3000));
      await page.screenshot({path: picture});
    }
    console.log(await page.$eval("body", body => body.innerText));
  } finally { await browser.close(); }
}

const [command, ...words] = process.argv.slice(2);
await {styles, pages, start}[command](...words);
