"""The printed plan on paper: typst sets its blocks, from data that travel as JSON and are never read as markup."""

import json
from dataclasses import asdict
from datetime import UTC, datetime
from functools import cache
from typing import Any
from unicodedata import combining

from studbook.planning.paper.blocks import Beside, Block, Document, Figure, Figures, Row, Section, Table
from studbook.planning.pdf import FOLDER, compiled

SVG = "<svg "
BREAK = "\u200b"
LONGEST_WORD = 50
NAMESPACE = 'xmlns="http://www.w3.org/2000/svg" '


def plan_pdf(document: Document) -> bytes:
    """Return the document as a tagged PDF. The same document gives the same bytes wherever the carried fonts suffice."""
    day = datetime.fromisoformat(document.day).replace(tzinfo=UTC)
    return compiled("plan.typ", lambda missing: {"plan": json.dumps(_soft(_plain(document, missing)))}, day)


def _plain(document: Document, letters_missing: str) -> dict[str, Any]:
    told = {
        name: getattr(document, name)
        for name in (
            "title", "programme", "taxon", "status", "status_words", "draft", "synthetic", "current_to", "revision",
            "excerpt", "head",
        )
    }  # fmt: skip
    return told | {
        "letters_missing": letters_missing,
        "sections": [_section(each) for each in document.sections],
    }


def _soft(told: Any) -> Any:
    """Return plain values whose words are none too long for a line; drawings as they are."""
    if isinstance(told, str):
        return breakable(told, LONGEST_WORD)
    if isinstance(told, dict):
        return {name: value if name == "svg" else _soft(value) for name, value in told.items()}
    return [_soft(each) for each in told] if isinstance(told, list | tuple) else told


def _section(section: Section) -> dict[str, Any]:
    return {
        "title": section.title,
        "breaks": section.breaks,
        "blocks": [_block(each) for each in section.blocks],
        "parts": [
            {
                "title": part.title,
                "under": part.under,
                "whole": part.whole,
                "blocks": [_block(each) for each in part.blocks],
            }
            for part in section.parts
        ],
    }


def _block(block: Block) -> dict[str, Any]:
    told: dict[str, Any] = {"kind": block.kind}
    if isinstance(block, Table):
        told["rows"] = [{"kind": row.kind, "cells": _cells(row, block)} for row in block.rows]
        told["columns"] = [asdict(column) for column in block.columns]
        return told | {name: getattr(block, name) for name in ("title", "note", "small")}
    if isinstance(block, Figure):
        return told | _drawing(block)
    if isinstance(block, Figures):
        return told | {"figures": [_drawing(each) for each in block.figures]}
    if isinstance(block, Beside):
        return told | {"first": _block(block.first), "second": _block(block.second)}
    return told | asdict(block)


def _cells(row: Row, table: Table) -> list[str]:
    return [
        breakable(cell.words, column.letters) for cell, column in zip(row.cells, table.columns, strict=False)
    ]


def breakable(words: str, letters: int) -> str:
    """Return words of which none is too long for its place: a long one may break between any two letters."""
    return " ".join(_broken(each) if len(each) >= letters else each for each in words.split(" "))


def _broken(word: str) -> str:
    # A letter and its accents stay together.
    return "".join(
        f"{BREAK if at and not combining(letter) else ''}{letter}" for at, letter in enumerate(word)
    )


def _drawing(figure: Figure) -> dict[str, str]:
    # Only the page knows the house's colours as names; on paper they come with the drawing.
    svg = figure.svg[figure.svg.index(SVG) :]
    head, body = svg.split(">", 1)
    styled = f"{head.replace(SVG, SVG + NAMESPACE, 1)}><style>{_paper_style()}</style>{body}"
    return {"title": figure.title, "svg": styled, "alt": figure.alt, "note": figure.note}


@cache
def _paper_style() -> str:
    return (FOLDER / "paper.css").read_text(encoding="utf-8")
