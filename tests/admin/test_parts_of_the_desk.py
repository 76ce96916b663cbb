"""An admin is put together from classes that each do one thing: none may hide a part of another by its name."""

import inspect

from django.contrib import admin


def hidden(desk):
    """``[(method, class that hides it, class whose method it hides)]`` of private methods, where the former does not
    call on."""
    of_the_product = [
        each for each in type(desk).__mro__ if each.__module__.startswith(("tracker", "agreements", "meetings"))
    ]
    owners: dict[str, type] = {}
    for owner in reversed(of_the_product):
        for name, method in vars(owner).items():
            if not name.startswith("_") or name.startswith("__") or not inspect.isfunction(method):
                continue
            if name in owners and "super()" not in inspect.getsource(method):
                yield name, owner.__name__, owners[name].__name__
            owners[name] = owner


def test_no_part_of_an_admin_hides_a_private_method_of_another():
    found = {each for desk in admin.site._registry.values() for each in hidden(desk)}
    assert found == set()


def test_a_method_that_hides_another_is_found():
    class Upper:
        def _told(self):
            return "upper"

    class Lower:
        def _told(self):
            return "lower"

    Upper.__module__ = Lower.__module__ = "tracker.made_up"
    assert list(hidden(type("Both", (Upper, Lower), {})())) == [("_told", "Upper", "Lower")]
