"""The host of the site: the one package in which MkDocs is named. Above the pipeline, beside the command line."""
