import type { ReactNode } from 'react';

/** What Strapi passes to an action of one document, or to a bulk action. */
export interface ActionProps {
  model: string;
  documentId?: string;
  documents?: { documentId: string }[];
}

export interface ActionDescription {
  label: string;
  icon?: ReactNode;
  position?: readonly string[];
  onClick?: (event?: unknown) => unknown;
  dialog?: {
    type: string;
    title: string;
    content?: ReactNode | ((props: { onClose(): void }) => ReactNode);
    footer?: ReactNode;
    onConfirm?: () => unknown;
    [option: string]: unknown;
  };
  [option: string]: unknown;
}

/** A component that describes an action; `type` and `position` are read without calling it. */
export interface Action {
  (props: ActionProps): ActionDescription | null | undefined;
  type?: string;
  position?: unknown;
}
