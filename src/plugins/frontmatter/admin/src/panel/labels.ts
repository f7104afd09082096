import type { FieldSummary, ShapeSummary } from '../../../shared';

/** Finds the form field for a key of the frontmatter or a part of it, or for an attribute. */
export function fieldOf({ fields }: ShapeSummary, path: string): FieldSummary | undefined {
  const isWithin = (whole: string): boolean => path === whole || path.startsWith(`${whole}.`);
  return (
    fields.find((field) => isWithin(field.path)) ??
    fields.find((field) => isWithin(field.attribute)) ??
    // The path names a group, not one of its keys.
    fields.find((field) => field.attribute.startsWith(`${path}.`))
  );
}

/** Returns the form's label of a key or an attribute. */
export function labelOf(shape: ShapeSummary, path: string): string {
  const field = fieldOf(shape, path);
  if (!field) return path;
  const isGroup = field.attribute.startsWith(`${path}.`) && field.path !== path;
  return isGroup ? (field.label.split(': ')[0] ?? path) : field.label;
}
