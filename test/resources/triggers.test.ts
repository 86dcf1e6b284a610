import type * as pulumi from "@pulumi/pulumi";
import { expectTypeOf, it } from "vitest";
import type {
  CustomIntegrationWebhook,
  SmoochTrigger,
  SmoochTriggerV1,
  SmoochTriggerV1_1,
  SmoochTriggerV2,
  SmoochWebhookArgs,
} from "../../src/index";

/** What an editor offers: the literal members of a union that accepts any string. */
type Offered<T> = T extends string ? (string extends T ? never : T) : never;
type ElementOf<T> = Extract<Exclude<T, undefined>, readonly unknown[]>[number];

it("an editor offers the triggers of each API version, and newer ones can be written", () => {
  type Webhook = ElementOf<SmoochWebhookArgs["triggers"]>;
  expectTypeOf<Offered<Webhook>>().toEqualTypeOf<SmoochTriggerV1 | SmoochTriggerV1_1 | SmoochTriggerV2>();
  expectTypeOf<Offered<SmoochTrigger>>().toEqualTypeOf<Offered<Webhook>>();
  expectTypeOf<Offered<ElementOf<CustomIntegrationWebhook["triggers"]>>>().toEqualTypeOf<SmoochTriggerV2>();
  expectTypeOf<"message" | "delivery:success">().toExtend<SmoochTriggerV1>();
  expectTypeOf<"notification:match:failure">().toExtend<SmoochTriggerV1_1>();
  expectTypeOf<"user:merge">().toExtend<SmoochTriggerV2>();
  expectTypeOf<"user:merge">().not.toExtend<SmoochTriggerV1>();
  // @ts-expect-error Each version's own type accepts only its own triggers.
  expectTypeOf<"mesage">().toExtend<SmoochTriggerV1_1>();
  expectTypeOf<pulumi.Output<string[]>>().toExtend<SmoochWebhookArgs["triggers"]>();
  expectTypeOf<["user:dream", pulumi.Output<string>]>().toExtend<SmoochWebhookArgs["triggers"]>();
});
