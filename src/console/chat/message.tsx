import type { ChatMessage } from "../../emulator/console/contract";
import { Text, Time } from "../parts/text";
import { Properties as Tree } from "../parts/tree";
import type { Act } from "./act";
import { Actions, actionsOf } from "./actions";
import { items, number, type Properties, properties, text } from "./content";
import { Form } from "./form";
import { Link, Picture } from "./media";

export function Message({ message, act }: { message: ChatMessage; act: Act }) {
  const { id, author, authorName, at, content, avatarUrl } = message;
  return (
    <li class={`message ${author}`} data-type={content.type}>
      <p class="author quiet">
        {avatarUrl !== undefined && <Avatar url={avatarUrl} />}
        <Text>{authorName ?? (author === "user" ? "You" : "Business")}</Text> <Time at={at} />
      </p>
      <div class="bubble">
        <Content messageId={id} content={content} act={act} />
        <Actions actions={actionsOf(content)} messageId={id} act={act} />
      </div>
    </li>
  );
}

function Avatar({ url }: { url: string }) {
  return (
    <span class="avatar">
      <Picture url={url} alt="" />
    </span>
  );
}

function Content({
  messageId,
  content,
  act,
}: {
  messageId: string;
  content: ChatMessage["content"];
  act: Act;
}) {
  switch (content.type) {
    case "text":
      return (
        <Paragraph>
          {text(content.text) ?? text(content.markdownText) ?? text(content.htmlText) ?? ""}
        </Paragraph>
      );
    case "image":
      return (
        <>
          <Picture url={text(content.mediaUrl)} alt={text(content.altText) ?? "image"} />
          <Caption content={content} />
        </>
      );
    case "file":
      return (
        <>
          <p>
            <Link url={text(content.mediaUrl)}>
              {text(content.altText) ?? fileName(text(content.mediaUrl))}
            </Link>
            <span class="quiet"> {size(number(content.mediaSize))}</span>
          </p>
          <Caption content={content} />
        </>
      );
    case "location":
      return <Location content={content} />;
    case "carousel":
    case "list":
      return (
        <ul class={content.type}>
          {items(content.items).map((item, index) => (
            <Item key={index} item={item} messageId={messageId} act={act} />
          ))}
        </ul>
      );
    case "form":
      return <Form messageId={messageId} content={content} act={act} />;
    case "formResponse":
      return <FormResponse content={content} />;
    default:
      return <Other content={content} />;
  }
}

const Paragraph = ({ children }: { children: string }) => (
  <p class="text">
    <Text>{children}</Text>
  </p>
);

function Caption({ content }: { content: Properties }) {
  const caption = text(content.text);
  return caption === undefined ? null : <Paragraph>{caption}</Paragraph>;
}

function Location({ content }: { content: Properties }) {
  const { lat, long } = properties(content.coordinates);
  const { name, address } = properties(content.location);
  return (
    <p>
      <b>Location</b> {String(lat)}, {String(long)}
      {[name, address].map((line) => {
        const known = text(line);
        return known === undefined ? null : <Paragraph key={known}>{known}</Paragraph>;
      })}
    </p>
  );
}

function Item({ item, messageId, act }: { item: Properties; messageId: string; act: Act }) {
  const image = text(item.mediaUrl);
  const description = text(item.description);
  return (
    <li>
      {image !== undefined && <Picture url={image} alt={text(item.altText) ?? ""} />}
      <b>
        <Text>{text(item.title) ?? ""}</Text>
      </b>
      {description !== undefined && <Paragraph>{description}</Paragraph>}
      <Actions actions={actionsOf(item)} messageId={messageId} act={act} />
    </li>
  );
}

function FormResponse({ content }: { content: Properties }) {
  return (
    <dl class="properties">
      {items(content.fields).map((field) => (
        <div key={text(field.name)}>
          <dt>
            <Text>{text(field.label) ?? text(field.name) ?? ""}</Text>
          </dt>
          <dd>
            <Text>{answer(field)}</Text>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function answer(field: Properties): string {
  const chosen = items(field.select).map((option) => text(option.label) ?? text(option.name) ?? "");
  return text(field.text) ?? text(field.email) ?? chosen.join(", ");
}

/** A type that the documents do not describe, or that has no picture here. */
function Other({ content: { type, ...rest } }: { content: ChatMessage["content"] }) {
  return (
    <>
      <p>
        Message of type{" "}
        <b>
          <Text>{type}</Text>
        </b>
      </p>
      <Tree properties={rest} />
    </>
  );
}

function fileName(url: string | undefined): string {
  return url?.split(/[?#]/)[0]?.split("/").at(-1) || "file";
}

function size(bytes: number | undefined): string {
  if (bytes === undefined) return "";
  return bytes < 1_000 ? `${bytes} bytes` : `${Math.round(bytes / 1_000)} kB`;
}
