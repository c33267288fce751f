"""Where templates come from: files, kept and folded, then their parts by name."""

from typing import Any

FILES = [
    "django.template.loaders.filesystem.Loader",
    "django.template.loaders.app_directories.Loader",
]
LOADERS: list[Any] = [
    ("template_partials.loader.Loader", [("engagements.folding.Loader", FILES)])
]
