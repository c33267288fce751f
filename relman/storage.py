"""How static files are named: by content, in style sheets and in script modules."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class ModuleStorage(CompressedManifestStaticFilesStorage):
    """Also names the files that one script module imports from another."""

    support_js_module_import_aggregation = True
