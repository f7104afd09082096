import type { FieldSummary } from '../../../shared';

/** Scrolls to a field of the form and focuses it. */
export function jumpTo({ attribute, label }: FieldSummary): void {
  const named = document.querySelector<HTMLElement>(`form [name="${CSS.escape(attribute)}"]`);
  const field = named ?? labelled(label) ?? labelled(label.split(': ')[0] ?? label);
  field?.scrollIntoView({ block: 'center' });
  field?.focus();
}

/** Finds the control of a label, or else the label itself: relations and editors have no name. */
function labelled(label: string): HTMLElement | undefined {
  const labels = [...document.querySelectorAll<HTMLLabelElement>('form label')];
  const found = labels.find(({ textContent }) => textContent?.startsWith(label));
  return (found?.control as HTMLElement | null | undefined) ?? found;
}
