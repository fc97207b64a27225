"""Write artifacts to files, atomically and in a safe order.

`site` goes through the steps: the `folder` is locked, `making` makes what `memory` does not know to be unchanged, the
files wait in a `stage`, and the `manifest` in the folder lists them. What was published is remembered in a `record`.
"""
