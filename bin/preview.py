"""The site's pages without Quarto, to look at them: python bin/preview.py [FOLDER] [NAME ...]
A site that Quarto has rendered, looked at in the same way:  python bin/preview.py --rendered FOLDER

Writes HTML to FOLDER (default _proc/_preview): nbdev's processed notebooks through Pandoc under the site's own
styles, with a plain frame where Quarto puts its own. Then opens every page in Chromium at three widths and in both
themes, says which scrolls sideways and what axe-core finds, and leaves pictures in FOLDER/pictures.
Needs node, Chromium, `npm install` in bin/preview and `pip install -e '.[site]'`.
"""
import base64
import html
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import yaml

import project
from pages import options

tools = project.root/"bin"/"preview"
widths, themes = [1280, 420, 360], ["light", "dark"]
frame = (tools/"frame.html").read_text(encoding="utf-8")


def processed(names=()):
    "dict: name of a page, without .ipynb -> its notebook as nbdev hands it to Quarto; made in memory."
    from execnb.nbio import read_nb
    from nbdev.processors import FilterDefaults
    made = {}
    for path in project.notebooks():
        name = project.relative(path).removesuffix(".ipynb")
        if not names or name in names:
            made[name] = read_nb(path)
            FilterDefaults()(made[name])
    return made


def joined(text):
    "A notebook's text, which may be a list of lines."
    return text if isinstance(text, str) else "".join(text)


def front_matter(notebook):
    "dict of what a processed page says of itself."
    first = notebook["cells"][0]
    return yaml.safe_load(joined(first["source"]).strip().strip("-")) if first["cell_type"] == "raw" else {}


def page_name(name):
    "`optimizers.html` for 06_optimizers, as nbdev names its pages."
    folder, _, file = name.rpartition("/")
    return f"{folder}/{re.sub(r'^[0-9]+[a-zA-Z0-9]*_', '', file)}.html".lstrip("/")


def output_text(output, number, alt, folder, stem):
    "Markdown of one output; pictures become files."
    data = output.get("data", {})
    text = lambda kind: joined(data[kind])
    if "text/html" in data:
        shown = f"```{{=html}}\n{text('text/html')}\n```"
    elif "image/png" in data:
        file = f"figures/{stem}-{number}.png"
        (folder/file).parent.mkdir(parents=True, exist_ok=True)
        (folder/file).write_bytes(base64.b64decode(text("image/png")))
        width = output.get("metadata", {}).get("image/png", {}).get("width")   # Quarto asks for it too
        size = f" width={width}" if width else ""
        shown = f"![]({'../'*stem.count('__')}{file}){{fig-alt=\"{html.escape(alt, quote=True)}\" alt=\"\"{size}}}"
    elif "text/markdown" in data:
        shown = text("text/markdown")
    else:
        plain = joined(output["text"]) if "text" in output else text("text/plain")
        shown = f"````\n{plain.rstrip()}\n````"
    return f"::: {{.cell-output .cell-output-display}}\n{shown}\n:::"


def document(name, notebook, folder):
    "One Markdown text of a processed page."
    blocks, stem = [], name.replace("/", "__")
    for number, cell in enumerate(notebook["cells"]):
        source = joined(cell["source"])
        if cell["cell_type"] == "markdown":
            blocks.append(source)
        if cell["cell_type"] != "code":
            continue
        told = options(source)
        if told.get("echo") is not False:
            code = re.sub(r"^#\|.*\n?", "", source, flags=re.MULTILINE)
            blocks.append(f"::: {{.cell}}\n````python\n{code.rstrip()}\n````\n:::")
        outputs = enumerate(cell.get("outputs", []))
        blocks += [
            output_text(output, f"{number}-{place}", told.get("fig-alt", ""), folder, stem) for place, output in outputs
        ]
    return "\n\n".join(blocks)


def to_html(markdown):
    "(body, list of contents) as Pandoc makes them, which is what Quarto uses."
    import pypandoc
    split = "<!-- contents end here -->"
    template = project.root/"_proc"/"_preview-template.html"
    template.parent.mkdir(exist_ok=True)
    template.write_text(f"$toc$\n{split}\n$body$\n", encoding="utf-8")
    options = ["--mathjax", "--toc", "--toc-depth=4", f"--template={template}", "--wrap=preserve"]
    made = pypandoc.convert_text(markdown, "html5", format="markdown", extra_args=options)
    contents, body = made.split(split)
    return re.sub(r'<img([^>]*?) data-fig-alt="([^"]*)"([^>]*?) alt=""', r'<img\1\3 alt="\2"', body), contents


def sidebar(up):
    "The list of pages."
    names = [page.removesuffix(".ipynb") for page in project.sidebar_pages()]
    return "<ul>" + "".join(f'<li><a href="{up}{page_name(name)}">{name}</a></li>' for name in names) + "</ul>"


def build(folder, names=()):
    "Write every page; list of their names."
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(["node", tools/"look.mjs", "styles", project.nbs, folder], check=True)
    written, after = [], (project.nbs/"page.html").read_text(encoding="utf-8")
    mathjax = (tools/"node_modules"/"mathjax"/"es5"/"tex-chtml.js").as_uri()
    for name, notebook in processed(names).items():
        up, about = "../"*name.count("/"), front_matter(notebook)
        body, contents = to_html(document(name, notebook, folder))
        body = re.sub(r'href="((?!https?:|#)[^"#]*)\.ipynb', lambda link: f'href="{page_name(link[1])}', body)
        text = frame.format(
            title=html.escape(about.get("title", name)),
            description=html.escape(about.get("description", "")),
            up=up,
            mathjax=mathjax,
            sidebar=sidebar(up),
            body=body,
            contents=contents,
            after=after,
        )
        target = folder/page_name(name)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
        written.append(page_name(name))
    return written


def browser():
    "Path of Chromium or Chrome, None where there is none."
    return next(filter(None, map(shutil.which, ["chromium", "chromium-browser", "google-chrome"])), None)


def missing():
    "What is not installed here, in words; empty where all is there."
    from importlib.util import find_spec
    wants = {
        "node": shutil.which("node"),
        "Chromium": browser(),
        "pypandoc (pip install -e '.[site]')": find_spec("pypandoc"),
        "npm packages (npm install in bin/preview)": (tools / "node_modules" / "axe-core").is_dir(),
    }
    return [name for name, there in wants.items() if not there]


def look(folder, pages, pictures=None):
    "dict: page, width and theme -> what is wrong there."
    if pictures:
        pictures.mkdir(parents=True, exist_ok=True)
    job = {"folder": str(folder), "pages": pages, "widths": widths, "themes": themes, "browser": browser(),
           "pictures": str(pictures) if pictures else ""}
    done = subprocess.run(["node", tools/"look.mjs", "pages"], input=json.dumps(job), check=True,
                          capture_output=True, text=True)
    return json.loads(done.stdout)


def rendered(folder):
    "Names of the pages in a folder that Quarto wrote."
    names = (path.relative_to(folder) for path in sorted(folder.rglob("*.html")))
    return [name.as_posix() for name in names if name.parts[0] not in ("lite", "site_libs")]


def main(folder="", *names):
    "Build, look, tell; exit code."
    if lacking := missing():
        print(f"❌ missing: {', '.join(lacking)}")
        return 1
    os.chdir(project.root)   # nbdev reads settings.ini from here
    if folder == "--rendered":
        folder = Path(*names).resolve()
        pages, pictures = rendered(folder), None
    else:
        folder = Path(folder or project.root/"_proc"/"_preview").resolve()
        pages, pictures = build(folder, names), folder/"pictures"
    wrong = look(folder, pages, pictures)
    for where, said in wrong.items():
        print(f"❌ {where}", *said, sep="\n    ")
    print(f"{len(pages)} pages in {folder}, {len(wrong)} views with something wrong")
    return int(bool(wrong) or not pages)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
