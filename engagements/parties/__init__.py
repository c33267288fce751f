"""Organisations, their people, and who acts for whom.

An organisation is role-neutral: a client in one relationship, a supplier in another.
One that nobody has claimed is kept by the organisation that brought it in; the
keeper's administrators look after it until its own people sign in.
"""
