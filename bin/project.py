"What the project's tools share: its folders, its settings, its notebooks."
from configparser import ConfigParser
from pathlib import Path

root = Path(__file__).resolve().parent.parent
nbs = root/"nbs"
learn = root/"learn"   # a learner's notebook of every lesson that has exercises
config = ConfigParser(delimiters=["="])
config.read(root/"settings.ini", encoding="utf-8")
settings = config["DEFAULT"]


def notebooks():
    "All notebooks: index and lessons in `nbs/`, then the machinery in its folders; nothing hidden or generated."
    found = [path for path in nbs.rglob("*.ipynb") if not any(part[0] in "._" for part in path.relative_to(nbs).parts)]
    return sorted(found, key=lambda path: (path.parent != nbs, path))


def relative(path):
    "A notebook's path as seen from `nbs/`, or its name where it lies elsewhere."
    return path.relative_to(nbs).as_posix() if path.is_relative_to(nbs) else path.name


def chapters():
    "(lessons in their order, notebooks of the machinery behind them); the index and the reference are neither."
    paths = [path for path in notebooks() if path.parent != nbs or path.name[0].isdigit()]
    return [path for path in paths if path.parent == nbs], [path for path in paths if path.parent != nbs]


def sidebar_pages():
    "The files that nbs/sidebar.yml lists, in their order."
    import yaml
    contents = yaml.safe_load((nbs/"sidebar.yml").read_text(encoding="utf-8"))["website"]["sidebar"]["contents"]
    return [page for entry in contents for page in pages_of(entry)]


def pages_of(entry):
    "The files of an entry of the sidebar: a page, a page with a text of its own, or a part with entries."
    if isinstance(entry, str):
        return [entry]
    return [entry["href"]] if "href" in entry else [page for part in entry["contents"] for page in pages_of(part)]
