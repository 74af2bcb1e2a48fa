// node run.mjs PYODIDE FOLDER SCRIPT PACKAGE...: Python in WebAssembly, as a browser has it, runs FOLDER/SCRIPT with the packages loaded.
// FOLDER is seen as /run, and its folder `site` as installed. Packages come from PYODIDE where they lie there, else from Pyodide's own address.
import {join} from "node:path";
import {pathToFileURL} from "node:url";

const [home, folder, script, ...packages] = process.argv.slice(2);
const {loadPyodide} = await import(pathToFileURL(join(home, "pyodide.mjs")));
try {
  const python = await loadPyodide({indexURL: join(home, "/"), env: {HOME: "/home", MPLBACKEND: "agg"}});
  await python.loadPackage(packages, {messageCallback() {}});
  python.FS.mkdirTree("/run");
  python.FS.mount(python.FS.filesystems.NODEFS, {root: folder}, "/run");
  await python.runPythonAsync(`
import os, runpy, sys
os.chdir("/run")
sys.path.insert(0, "/run/site")
runpy.run_path(${JSON.stringify(script)}, run_name="__main__")`);
} catch (error) {   // the last lines of a traceback; not the line of a million letters that Node would print
  console.error(String(error.message ?? error).slice(-2000));
  process.exit(1);
}
