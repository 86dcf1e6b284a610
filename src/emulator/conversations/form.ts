import { badRequest } from "../errors";
import type { Message } from "../model";
import type { Field, NewContent } from "./content";

/** A user's answers to a form, by field: the content of the response, and the form's message marked as submitted. */
export function answerForm(
  form: Message,
  answers: { readonly [name: string]: string },
): { readonly content: NewContent; readonly submitted: Message } {
  const { type, fields = [], submitted = false } = form.content;
  if (type !== "form") throw badRequest("messageId: the message is not a form");
  if (submitted) throw badRequest("messageId: the form has already been submitted");
  const unknown = Object.keys(answers).filter((name) => !fields.some((field) => field.name === name));
  if (unknown.length > 0) throw badRequest(`fields: the form has no field ${unknown.join(", ")}`);
  const answered = fields.map((field) =>
    answerField(field, Object.hasOwn(answers, field.name) ? (answers[field.name] ?? "") : ""),
  );
  return {
    content: {
      type: "formResponse",
      fields: answered.map(({ field }) => field),
      textFallback: answered.map(({ field, text }) => `${field.label}: ${text}`).join("\n"),
    },
    submitted: { ...form, content: { ...form.content, submitted: true } },
  };
}

type Answered = NonNullable<NewContent["fields"]>[number];

function answerField(field: Field, answer: string): { readonly field: Answered; readonly text: string } {
  const { type, name, label, minSize = 1, maxSize = 128, options = [] } = field;
  const said = { type, name, label };
  switch (type) {
    case "text":
      if (answer.length < minSize || answer.length > maxSize) {
        throw badRequest(`fields.${name}: must have ${minSize} to ${maxSize} characters`);
      }
      return { field: { ...said, text: answer }, text: answer };
    case "email":
      if (!/^\S+@\S+$/.test(answer)) throw badRequest(`fields.${name}: must be an email address`);
      return { field: { ...said, email: answer }, text: answer };
    case "select": {
      const option = options.find((one) => one.name === answer);
      if (option === undefined) {
        throw badRequest(`fields.${name}: must be one of ${options.map((one) => one.name).join(", ")}`);
      }
      return { field: { ...said, select: [option] }, text: option.label };
    }
  }
}
