// Gives fields their values as by pasting; arguments: the selector of a form, {name: value}. Returns the names of file fields, which are left, as is
// what stands there fixed.
const files = [];
for (const [name, value] of Object.entries(arguments[1])) {
    const fields = document.querySelectorAll(arguments[0] + ' [name="' + name + '"]');
    if (fields.length === 0)
        throw new Error("no field " + name);
    const field = fields[0], word = {true: "yes", false: "no"}[value.toLowerCase()] || value;
    if (field.type === "hidden")
        continue;
    if (field.type === "file") {
        files.push(name);
    } else if (field.type === "radio") {
        [...fields].find(radio => radio.value === word).click();
    } else if (field.tagName === "SELECT") {
        field.focus();
        if (![...field.options].some(option => option.value === value))
            throw new Error("no word " + value + " for " + name);
        field.value = value;
        for (const kind of ["input", "change"])
            field.dispatchEvent(new Event(kind, {bubbles: true}));
    } else {
        field.focus();
        field.select();
        document.execCommand(value ? "insertText" : "delete", false, value);
        if (field.value !== value)
            throw new Error(name + " took " + field.value + " for " + value);
    }
}
return files;
