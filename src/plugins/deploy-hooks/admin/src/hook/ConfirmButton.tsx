import { forwardRef, useState, type ReactNode } from 'react';
import { Button, Dialog, type ButtonProps } from '@strapi/design-system';
import { ConfirmDialog } from '@strapi/strapi/admin';
import { Turning } from './Turning';

interface ConfirmButtonProps {
  label: string;
  /** What will happen. */
  children: ReactNode;
  variant: ButtonProps['variant'];
  onConfirm: () => Promise<unknown>;
}

/** A button that asks first, gets the focus back, and shows that its action is in progress. */
export const ConfirmButton = forwardRef<HTMLButtonElement, ConfirmButtonProps>(
  function ConfirmButton({ label, children, variant, onConfirm }, ref) {
    const [isOpen, setIsOpen] = useState(false);
    const [isUnderWay, setIsUnderWay] = useState(false);

    async function confirm(): Promise<void> {
      setIsUnderWay(true);
      await onConfirm();
      setIsUnderWay(false);
    }

    return (
      <Dialog.Root open={isOpen} onOpenChange={(isAsked) => setIsOpen(isAsked && !isUnderWay)}>
        <Dialog.Trigger>
          <Button
            ref={ref}
            size="S"
            variant={variant}
            aria-busy={isUnderWay}
            aria-disabled={isUnderWay}
            startIcon={isUnderWay && <Turning />}
          >
            {label}
          </Button>
        </Dialog.Trigger>
        <ConfirmDialog title={label} variant={variant} onConfirm={confirm}>
          {children}
        </ConfirmDialog>
      </Dialog.Root>
    );
  }
);
