import { builtInDefaults } from "../defaults/built-in-defaults.ts";
import { fillIns } from "../defaults/built-in-fill-ins.ts";
import { builtInDefinitions } from "./built-in-schemas.generated.ts";
import { linkedSchemas } from "./linked-schemas.ts";
import type { Schema } from "../schema.ts";

const schemas = linkedSchemas(builtInDefinitions, { defaults: builtInDefaults, fillIns });

/** The schema of a definition such as `core.v1.Pod`. What it refers to is linked when it is first asked for. */
export function builtInSchema(definition: string): Schema {
  const schema = schemas(definition);
  if (!schema) throw new Error(`Cannot find the schema "${definition}": no built-in kind uses it`);
  return schema;
}
