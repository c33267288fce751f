"""Contracts: their terms, deadlines, amendments, key dates and documents."""
