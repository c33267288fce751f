"""How static files are named: by content, in style sheets and in script modules."""

from whitenoise.storage import CompressedManifestStaticFilesStorage

# Our own modules import each other by "./name.js"; other people's scripts are left
# alone: some name files that they do not bring along.
OUR_MODULES = "js/*.js"
IMPORT = r"""(?P<matched>from\s+["'](?P<url>\./[\w-]+\.js)["'])"""
# A module that is fetched when it is first needed.
LATER = r"""(?P<matched>import\(["'](?P<url>\./[\w-]+\.js)["']\))"""


class ModuleStorage(CompressedManifestStaticFilesStorage):
    """Also names the files that one of our script modules imports from another."""

    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        (OUR_MODULES, ((IMPORT, 'from "%(url)s"'), (LATER, 'import("%(url)s")'))),
    )
