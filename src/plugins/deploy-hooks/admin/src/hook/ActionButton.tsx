import { useState } from 'react';
import { Button, type ButtonProps } from '@strapi/design-system';
import { Turning } from './Turning';

interface ActionButtonProps extends Pick<ButtonProps, 'variant' | 'aria-describedby'> {
  label: string;
  onAct: () => Promise<unknown>;
  /** Whether it does nothing now. */
  isOff?: boolean;
}

/**
 * A button that shows that its action is in progress. It is never `disabled` or `loading`: it would
 * lose the focus.
 */
export function ActionButton({ label, onAct, isOff = false, ...props }: ActionButtonProps) {
  const [isUnderWay, setIsUnderWay] = useState(false);
  const isIdle = isOff || isUnderWay;

  async function act(): Promise<void> {
    setIsUnderWay(true);
    await onAct();
    setIsUnderWay(false);
  }

  return (
    <Button
      {...props}
      size="S"
      aria-busy={isUnderWay}
      aria-disabled={isIdle}
      startIcon={isUnderWay && <Turning />}
      onClick={isIdle ? undefined : act}
    >
      {label}
    </Button>
  );
}
