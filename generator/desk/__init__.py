"""Commands that change the content folder for an editor: `citewire new`, `cite`, `rename`, `withdraw` and others.

`new`, `cite`, `names` (`citewire entities`), `release` (`citewire publish`), `rename`, `withdraw`, `sign`, `comments`
and `mend` (`check --fix`) do the work of one command each. `edit` changes YAML and leaves the rest of a file alone;
`reading`, `said`, `markup`, `pdf` and `page` find out what a page of another site says of itself.
"""
