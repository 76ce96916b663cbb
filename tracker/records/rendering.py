"""How inputs are drawn. Django brings its templates of them twice, and those for Jinja take a third of the time: a form
of 500 rows has some 6,000 inputs."""

from django.forms.renderers import DjangoTemplates, Jinja2


class FormRenderer(DjangoTemplates):
    """Everything of Django's forms by Jinja; the inputs of the admin have templates in Django's own language."""

    def __init__(self):
        self.jinja = Jinja2()

    def get_template(self, template_name):
        renderer = self.jinja if template_name.startswith("django/forms/") else super()
        return renderer.get_template(template_name)
