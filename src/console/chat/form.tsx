import { useId, useState } from "preact/hooks";
import { Text } from "../parts/text";
import { items, number, type Properties, text } from "./content";
import type { Act } from "./conversation";

/** A form of the business, which the user fills in once. */
export function Form({ messageId, content, act }: { messageId: string; content: Properties; act: Act }) {
  const fields = items(content.fields);
  const [values, setValues] = useState<{ readonly [name: string]: string }>({});
  const [isSent, setSent] = useState(content.submitted === true);
  const isOver = isSent || content.submitted === true;
  const send = async () => {
    const answers = fields.map((field) => {
      const name = text(field.name) ?? "";
      return [name, values[name] ?? initial(field)];
    });
    setSent(await act({ type: "formResponse", messageId, fields: Object.fromEntries(answers) }));
  };
  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <fieldset disabled={isOver}>
        <legend>{text(content.text) === undefined ? "Form" : <Text>{text(content.text) ?? ""}</Text>}</legend>
        {fields.map((field) => {
          const name = text(field.name) ?? "";
          return (
            <Field
              key={name}
              field={field}
              value={values[name] ?? initial(field)}
              onInput={(value) => setValues({ ...values, [name]: value })}
            />
          );
        })}
        <button type="submit" class="main">
          {isOver ? "Sent" : "Send form"}
        </button>
      </fieldset>
    </form>
  );
}

/** A select has its first option from the start. */
const initial = (field: Properties) => text(items(field.options)[0]?.name) ?? "";

function Field({
  field,
  value,
  onInput,
}: {
  field: Properties;
  value: string;
  onInput: (value: string) => void;
}) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>
        <Text>{text(field.label) ?? text(field.name) ?? ""}</Text>
      </label>
      {field.type === "select" ? (
        <select id={id} value={value} onChange={({ currentTarget }) => onInput(currentTarget.value)}>
          {items(field.options).map((option) => (
            <option key={text(option.name)} value={text(option.name) ?? ""}>
              {text(option.label) ?? text(option.name) ?? ""}
            </option>
          ))}
        </select>
      ) : (
        <input
          id={id}
          required
          inputMode={field.type === "email" ? "email" : "text"}
          placeholder={text(field.placeholder) ?? ""}
          minLength={number(field.minSize) ?? 0}
          maxLength={number(field.maxSize) ?? 256}
          value={value}
          onInput={({ currentTarget }) => onInput(currentTarget.value)}
        />
      )}
    </div>
  );
}
