import type { FieldSummary, ShapeSummary } from '../../../shared';

/** The field of a form that holds a key of the frontmatter or a part of it, or an attribute. */
export function fieldOf({ fields }: ShapeSummary, path: string): FieldSummary | undefined {
  const isWithin = (whole: string): boolean => path === whole || path.startsWith(`${whole}.`);
  return (
    fields.find((field) => isWithin(field.path)) ??
    fields.find((field) => isWithin(field.attribute)) ??
    // A group, of which the path names no key.
    fields.find((field) => field.attribute.startsWith(`${path}.`))
  );
}

/** What the form calls a key or an attribute. */
export function labelOf(shape: ShapeSummary, path: string): string {
  const field = fieldOf(shape, path);
  if (!field) return path;
  const isGroup = field.attribute.startsWith(`${path}.`) && field.path !== path;
  return isGroup ? (field.label.split(': ')[0] ?? path) : field.label;
}
