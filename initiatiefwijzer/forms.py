"""How every form on the site is drawn: one template for a field, one for a form."""

from django.forms.renderers import TemplatesSetting
from django.forms.utils import flatatt

from initiatiefwijzer.drawing import html, joined


def select(context):
    """A list to choose from; a template would be rendered once for every option."""
    widget = context["widget"]
    groups = ((name, joined(OPTION, map(parts, choices))) for name, choices, _index in widget["optgroups"])
    shown = (
        html('<optgroup label="{}">{}</optgroup>', name, inside) if name else inside
        for name, inside in groups
    )
    return html(
        '<select class="utrecht-select utrecht-select--html-select{}" name="{}"{}>{}</select>',
        *(extra_class(widget), widget["name"], attributes(widget)),
        joined("{}", ([one] for one in shown)),
    )


def box(context):
    """A line to write in; what is hidden is not styled."""
    widget = context["widget"]
    look = html(' class="utrecht-textbox utrecht-textbox--html-input{}"', extra_class(widget))
    value = widget["value"]
    return html(
        '<input type="{}" name="{}"{}{}{}>',
        *(widget["type"], widget["name"], "" if widget["type"] == "hidden" else look),
        "" if value is None else html(' value="{}"', value),
        attributes(widget),
    )


OPTION = '<option value="{}"{}>{}</option>'


def parts(choice):
    return choice["value"], flatatt(choice["attrs"]) if choice["attrs"] else "", choice["label"]


def extra_class(widget):
    extra = widget["attrs"].get("class")
    return html(" {}", extra) if extra else ""


def attributes(widget):
    return flatatt({name: value for name, value in widget["attrs"].items() if name != "class"})


BOXES = ["text", "search", "email", "url", "tel", "number", "password", "hidden", "color", "file"]
BOXES += ["date", "time", "datetime"]
DRAWN = {  # template name -> what draws it instead
    "django/forms/widgets/select.html": select,
    **{f"django/forms/widgets/{name}.html": box for name in BOXES},
}


class FormRenderer(TemplatesSetting):
    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"

    def render(self, template_name, context, request=None):
        draw = DRAWN.get(template_name)
        return draw(context) if draw else super().render(template_name, context, request)
