"Installs what settings.ini describes; the lessons travel inside the package, so that `tito start` works without a clone."
from configparser import ConfigParser
from pathlib import Path

from setuptools import find_packages, setup

config = ConfigParser(delimiters=["="])
config.read(Path(__file__).with_name("settings.ini"), encoding="utf-8")
settings = config["DEFAULT"]
extras = {key.removesuffix("_requirements"): settings[key].split() for key in settings if key.endswith("_requirements")}

setup(
    name=settings["lib_name"],
    version=settings["version"],
    description=settings["description"],
    long_description=Path(__file__).with_name("README.md").read_text(encoding="utf-8"),
    long_description_content_type="text/markdown",
    url=settings["git_url"],
    author=settings["author"],
    author_email=settings["author_email"],
    license="Apache-2.0",
    keywords=settings["keywords"],
    python_requires=">=" + settings["min_python"],
    packages=[*find_packages(include=["tinytorch", "tinytorch.*"]), "tinytorch.lessons"],
    package_dir={"tinytorch.lessons": settings["nbs_path"]},
    package_data={"tinytorch": ["*.npz", "*.json", "*.mplstyle"], "tinytorch.lessons": ["*.ipynb"]},
    install_requires=settings["requirements"].split(),
    extras_require=extras,
    entry_points={"console_scripts": [settings["console_scripts"]], "nbdev": [settings["nbdev_index"]]},
    zip_safe=False,
)
