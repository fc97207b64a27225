"""The rule on quizzes."""

from __future__ import annotations

from collections.abc import Iterator

from generator import prose
from generator.check.rules import Finding
from generator.model.content import Edition
from generator.model.library import Library

ANSWERS = 4
"""Number of answers per question: as many as a reader weighs at a glance."""


def bad_quiz(edition: Edition, library: Library) -> Iterator[Finding]:
    for index, question in enumerate(edition.quiz):
        where = ("quiz", index)
        if len(question.answers) != ANSWERS:
            what = f"the question has {len(question.answers)} answers"
            yield Finding((*where, "answers"), what, f"Give it {ANSWERS} to choose from.")
        if question.right not in question.answers:
            what = f"the right answer `{question.right[:60]}` is none of the answers"
            yield Finding((*where, "right"), what, "Copy it, word for word, from `answers`.")
        if prose.has_citation(" ".join((question.question, *question.answers))):
            what = "the question or one of its answers holds a citation"
            yield Finding(where, what, "Move it into `explanation`.", excerpt="[@")
