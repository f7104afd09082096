import { forwardRef, type ReactNode } from 'react';
import { Button, Dialog, type ButtonProps } from '@strapi/design-system';
import { ConfirmDialog } from '@strapi/strapi/admin';

interface ConfirmButtonProps {
  label: string;
  /** What will happen. */
  children: ReactNode;
  variant: ButtonProps['variant'];
  onConfirm: () => Promise<unknown>;
}

/** A button that asks first; the focus comes back to it. */
export const ConfirmButton = forwardRef<HTMLButtonElement, ConfirmButtonProps>(
  function ConfirmButton({ label, children, variant, onConfirm }, ref) {
    return (
      <Dialog.Root>
        <Dialog.Trigger>
          <Button ref={ref} size="S" variant={variant}>
            {label}
          </Button>
        </Dialog.Trigger>
        <ConfirmDialog
          title={label}
          variant={variant}
          onConfirm={async () => {
            await onConfirm();
          }}
        >
          {children}
        </ConfirmDialog>
      </Dialog.Root>
    );
  }
);
