"""The page on which a zoo answers: the same for a person who signed in and for one who came by a link."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from studbook.accounts.models import User
from studbook.core.forms import DONE, attempted
from studbook.institutions.models import Institution
from studbook.planning.answers.actions import accept_open, answer_row
from studbook.planning.answers.asked import Asked, asked_of
from studbook.planning.answers.forms import AcceptAllForm, AnswerForm
from studbook.planning.answers.rules import is_answered
from studbook.planning.answers.telling import changes_told_to
from studbook.planning.models import Answer, AnswerLink, Plan

ALL = "all"


@dataclass(frozen=True, slots=True)
class Answering:
    """Who answers for which institution in which plan, and how they came."""

    plan: Plan
    institution: Institution
    by: User
    may_answer: bool
    template: str
    link: AnswerLink | None = None

    def page(
        self, request: HttpRequest, *, form: forms.Form | None = None, status: int = 200
    ) -> HttpResponse:
        asked = asked_of(self.plan, self.institution)
        refused = _refused(form, asked)
        context: dict[str, Any] = {
            "programme": self.plan.programme,
            "plan": self.plan,
            "institution": self.institution,
            "asked": asked,
            "changes": changes_told_to(self.plan, self.institution),
            "link": self.link,
            "may_answer": self.may_answer and is_answered(self.plan),
            "reasons": Answer.Reason.choices,
            "form": form,
            "refused_row": refused,
            "refusals": [] if form is None else _words(form),
        }
        return render(request, self.template, context, status=status)

    def posted(self, request: HttpRequest) -> HttpResponse:
        """Take what was sent; lead back to the page, at the animal it was about."""
        if request.POST.get(ALL):
            return self._accepted(request)
        form = AnswerForm(request.POST)
        made, status = attempted(form, partial(answer_row, self.plan, self.institution, **self._who))
        if status != DONE or made is None:
            return self.page(request, form=form, status=status)
        messages.success(request, f"{made.row.animal}: {self.institution} {made.get_word_display()}.")
        return HttpResponseRedirect(f"{request.path}#row-{made.row_id}")

    def _accepted(self, request: HttpRequest) -> HttpResponse:
        form = AcceptAllForm(request.POST)
        made, status = attempted(form, partial(accept_open, self.plan, self.institution, **self._who))
        if status != DONE:
            return self.page(request, form=form, status=status)
        animals = "1 animal" if made == 1 else f"{made} animals"
        messages.success(request, f"Accepted for {animals}." if made else "Everything was answered already.")
        return HttpResponseRedirect(request.path)

    @property
    def _who(self) -> dict[str, Any]:
        return {"by": self.by, "link": self.link}


def _refused(form: forms.Form | None, asked: Asked) -> int | None:
    """Return the row at which a refused answer is told; None where it has none on the page."""
    row = form.cleaned_data.get("row") if form else None
    return row if row is not None and asked.question(row) else None


def _words(form: forms.Form) -> list[str]:
    return [str(words) for errors in form.errors.values() for words in errors]
