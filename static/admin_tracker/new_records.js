// In the search boxes of relations: what is typed and not found can be added. It is chosen as text and kept with the
// form; the server makes the record when the form is saved, and asks where there may be one already.
{
  const $ = window.django.jQuery;
  const plain = $.fn.djangoAdminSelect2;
  const NEW = "new:";

  const withNew = (element) => {
    const { new: offered, newChosen: chosen } = element.dataset;
    $(element).select2({
      ajax: {
        data: (params) => ({
          term: params.term,
          page: params.page,
          app_label: element.dataset.appLabel,
          model_name: element.dataset.modelName,
          field_name: element.dataset.fieldName,
        }),
      },
      tags: true,
      createTag: ({ term }) => {
        const name = (term ?? "").trim();
        return name && { id: `${NEW}${name}`, text: offered.replace("%s", () => name), named: name };
      },
      insertTag: (found, added) => found.push(added),
      templateSelection: ({ named, text }) => (named ? chosen.replace("%s", () => named) : text),
    });
  };

  $.fn.djangoAdminSelect2 = function () {
    const elements = this.toArray();
    plain.call($(elements.filter((element) => !element.dataset.new)));
    elements.filter((element) => element.dataset.new).forEach(withNew);
    return this;
  };
}
