// In the search boxes of relations, what the form names already comes first; and what is typed and not found can be
// added. It is chosen as text and kept with the form; the server makes the record when the form is saved, and asks
// where there may be one already.
{
  const $ = window.django.jQuery;
  const NEW = "new:";

  // The options that the form has chosen of the same kind of record, in whatever box.
  const chosen = (element) =>
    [...document.querySelectorAll(`select[data-of="${element.dataset.of}"] option:checked`)].filter(
      (option) => option.value && option.closest("select") !== element,
    );

  const settings = (element) => {
    const { appLabel, modelName, fieldName, new: offered, newChosen } = element.dataset;
    const found = {
      ajax: {
        data: ({ term, page }) => ({
          term,
          page,
          app_label: appLabel,
          model_name: modelName,
          field_name: fieldName,
        }),
      },
      sorter: (results) => {
        const first = new Set(chosen(element).map((option) => option.value));
        const isFirst = ({ id }) => first.has(String(id));
        return [...results.filter(isFirst), ...results.filter((result) => !isFirst(result))];
      },
    };
    if (!offered) return found;
    return {
      ...found,
      tags: true,
      createTag: ({ term }) => {
        const name = (term ?? "").trim();
        if (!name) return null; // what select2 takes for nothing to add, as it does no empty text
        return { id: `${NEW}${name}`, text: newChosen.replace("%s", () => name), named: name, isAdded: true };
      },
      insertTag: (results, added) => {
        const typed = added.named.toLocaleLowerCase();
        const others = chosen(element).filter(
          ({ value }) => value.startsWith(NEW) && value.slice(NEW.length).toLocaleLowerCase().includes(typed),
        );
        for (const value of new Set(others.map((option) => option.value))) {
          const named = value.slice(NEW.length);
          results.unshift({ id: value, text: newChosen.replace("%s", () => named) });
        }
        results.push(added);
      },
      templateResult: ({ isAdded, named, text }) => (isAdded ? offered.replace("%s", () => named) : text),
    };
  };

  $.fn.djangoAdminSelect2 = function () {
    this.each((_place, element) => {
      $(element).select2(settings(element));
    });
    return this;
  };
}
