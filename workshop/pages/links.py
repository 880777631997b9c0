"""The links page: every secret link of a workshop, and what the facilitator does with them."""

from __future__ import annotations

from typing import NamedTuple

from flask import Blueprint, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from workshop import access, answers
from workshop.actions import hosting, linking
from workshop.errors import WorkshopError
from workshop.models import Link
from workshop.pages import desk
from workshop.pages.house import done, find_workshop, house, public_url, wants_json

pages = Blueprint("links", __name__)

# What a co-facilitator may hand out: nothing that runs the workshop.
FOR_COFACILITATORS = ("moderator", "board", "results")


class Shown(NamedTuple):
    """A link, and its address where it works and its secret can be made again."""

    link: Link
    address: str | None
    is_own: bool
    """Whether this page was opened with it."""


@pages.get("/w/<code>/links")
def show(code: str) -> Answer | tuple[str, int]:
    return _page(code)


@pages.post("/w/<code>/links")
def create(code: str) -> Answer | tuple[str, int]:
    workshop_id, by = desk.runs(code, "owner")
    role, name = request.form.get("role", ""), request.form.get("name", "")
    try:
        link, entry = linking.create_link(
            house().store, workshop_id, role, name, key=house().key, chance=house().chance, by=by
        )
    except WorkshopError as error:
        return _again(code, error)
    return desk.did(code, _("The link is made."), entry, page="links", link=_address(link))


@pages.post("/w/<code>/links/<int:link>/name")
def rename(code: str, link: int) -> Answer | tuple[str, int]:
    workshop_id, by = desk.runs(code, "owner")
    try:
        entry = linking.rename_link(house().store, workshop_id, link, request.form.get("name", ""), by=by)
    except WorkshopError as error:
        return _again(code, error)
    return desk.did(code, _("The link has its name."), entry, page="links")


@pages.post("/w/<code>/links/<int:link>/revoke")
def revoke(code: str, link: int) -> Answer | tuple[str, int]:
    workshop_id, by = desk.runs(code, "owner")
    try:
        entry = linking.revoke_link(house().store, workshop_id, link, by=by)
    except WorkshopError as error:
        return _again(code, error)
    said = _("The link is revoked. Pages that were opened with it stop now.")
    return desk.did(code, said, entry, page="links")


@pages.post("/w/<code>/links/<int:link>/rotate")
def rotate(code: str, link: int) -> Answer | tuple[str, int]:
    workshop_id, by = desk.runs(code, "owner")
    try:
        new, entry = linking.rotate_link(
            house().store, workshop_id, link, key=house().key, chance=house().chance, by=by
        )
    except WorkshopError as error:
        return _again(code, error)
    address = _address(new)
    if link != by.link:
        said = _("There is a new link. Pages that were opened with the old one stop now.")
        return desk.did(code, said, entry, page="links", link=address)
    # Whoever rotates the link that they are here with goes on with the new one. Undoing would lock them out.
    access.hold(code, by.role, address.rpartition("/")[2])
    said = _("There is a new link, and you are here with it. Keep it: the old one no longer works.")
    return done(f"/w/{code}/links", said=said, link=address)


def _address(link_id: int) -> str:
    """The address of a link that was just made."""
    with house().store.reading() as db:
        path = hosting.link_path(db.get_one(Link, link_id), house().key)
    assert path is not None
    return public_url(path)


def _again(code: str, error: WorkshopError) -> Answer | tuple[str, int]:
    if wants_json():
        raise error
    return _page(code, error)


def _page(code: str, error: WorkshopError | None = None) -> Answer | tuple[str, int]:
    with house().store.reading() as db:
        workshop = find_workshop(db, code)
        if workshop.code != code:
            return redirect(f"/w/{workshop.code}/links")
        own = access.check_may(db, workshop, "console", access.held(workshop.code))
        is_owner = own.role == "facilitator"
        roles = Link.ROLES if is_owner else FOR_COFACILITATORS
        by_role: dict[str, list[Shown]] = {role: [] for role in roles}
        revoked = []
        for link in linking.list_links(db, workshop.id):
            if link.role not in by_role:
                continue
            path = hosting.link_path(link, house().key)
            if link.revoked_at is None:
                by_role[link.role].append(Shown(link, public_url(path) if path else None, link.id == own.id))
            else:
                revoked.append(link)
        return (
            render_template(
                "desk/links.html",
                workshop=workshop,
                by_role=by_role,
                revoked=revoked,
                is_owner=is_owner,
                longest=linking.LONGEST_NAME,
                typed=request.form if error else {},
                problem=answers.sentence(error) if error else None,
                problem_code=error.code if error else None,
            ),
            error.status if error else 200,
        )
