/** An attribute as declared in `schema.json`, as far as it matters here. */
export interface AttributeSchema {
  type: string;
  relation?: string;
  target?: string;
  component?: string;
  repeatable?: boolean;
  multiple?: boolean;
  enum?: readonly string[];
  private?: boolean;
  inversedBy?: string;
  mappedBy?: string;
}

/** A content type or component as declared in `schema.json`. */
export interface TypeSchema {
  kind?: string;
  attributes: Readonly<Record<string, AttributeSchema>>;
  options?: { draftAndPublish?: boolean };
  pluginOptions?: { i18n?: { localized?: boolean } };
}

/** Finds a type by its uid, `api::post.post` or `blog.seo`. */
export type FindType = (uid: string) => TypeSchema | undefined;

export interface Holder {
  uid: string;
  attributes: TypeSchema['attributes'];
  findType: FindType;
}

export const holderOf = (uid: string = '', findType: FindType): Holder => ({
  uid,
  attributes: findType(uid)?.attributes ?? {},
  findType,
});

export const own = (
  attributes: TypeSchema['attributes'],
  name: string
): AttributeSchema | undefined => (Object.hasOwn(attributes, name) ? attributes[name] : undefined);

export interface Found {
  name: string;
  schema: AttributeSchema;
  /** The file that declares it. */
  file: string;
}

/** Follows a path of one or two attributes; the first of two is a component. */
export function find(attribute: readonly string[], { uid, attributes, findType }: Holder) {
  const [first = '', second] = attribute;
  const schema = own(attributes, first);
  if (second === undefined) {
    return schema && { name: first, schema, file: schemaFileOf(uid) };
  }
  const component = schema?.component ?? '';
  const inner = own(findType(component)?.attributes ?? {}, second);
  return inner && { name: second, schema: inner, file: schemaFileOf(component) };
}

/** Returns the file in which an application declares a type. */
export function schemaFileOf(uid: string): string {
  const [, api, name] = /^api::([^.]+)\.(.+)$/.exec(uid) ?? [];
  if (api && name) return `src/api/${api}/content-types/${name}/schema.json`;
  const [, category, component] = /^([^.:]+)\.(.+)$/.exec(uid) ?? [];
  return category && component
    ? `src/components/${category}/${component}.json`
    : `the schema of ${uid}`;
}
