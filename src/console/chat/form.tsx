import { useId, useState } from "preact/hooks";
import { submitting } from "../parts/problem";
import { Text, visible } from "../parts/text";
import type { Act } from "./act";
import { items, number, type Properties, text } from "./content";

/** A form of the business, which the user fills in once. */
export function Form({ messageId, content, act }: { messageId: string; content: Properties; act: Act }) {
  const fields = items(content.fields);
  const [values, setValues] = useState<ReadonlyMap<string, string>>(new Map());
  const [isSent, setSent] = useState(content.submitted === true);
  const isOver = isSent || content.submitted === true;
  const send = async () => {
    const answers = fields.map((field) => {
      const name = text(field.name) ?? "";
      return [name, values.get(name) ?? initial(field)];
    });
    setSent(await act({ type: "formResponse", messageId, fields: Object.fromEntries(answers) }));
  };
  return (
    <form class="form" onSubmit={submitting(send)}>
      <fieldset disabled={isOver}>
        <legend>{text(content.text) === undefined ? "Form" : <Text>{text(content.text) ?? ""}</Text>}</legend>
        {fields.map((field, index) => {
          const name = text(field.name) ?? "";
          return (
            <Field
              key={index}
              field={field}
              value={values.get(name) ?? initial(field)}
              onInput={(value) => setValues(new Map([...values, [name, value]]))}
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
          {items(field.options).map((option, index) => (
            <option key={index} value={text(option.name) ?? ""}>
              {visible(text(option.label) ?? text(option.name) ?? "")}
            </option>
          ))}
        </select>
      ) : (
        <input
          id={id}
          required
          // The attribute's type allows one literal at a time, not a union.
          {...(field.type === "email" ? { type: "email" as const } : { type: "text" as const })}
          placeholder={visible(text(field.placeholder) ?? "")}
          minLength={number(field.minSize) ?? 0}
          maxLength={number(field.maxSize) ?? 256}
          value={value}
          onInput={({ currentTarget }) => onInput(currentTarget.value)}
        />
      )}
    </div>
  );
}
