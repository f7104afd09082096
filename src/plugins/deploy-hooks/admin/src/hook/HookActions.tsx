import { useRef, useState } from 'react';
import { Flex, LinkButton } from '@strapi/design-system';
import { Link } from 'react-router-dom';
import type { Hook } from '../../../shared';
import { PRESET_FIELDS } from '../data/presets';
import type { Rights } from '../data/rights';
import { useHookActions } from '../data/use-hook-actions';
import { editPath } from '../pages/paths';
import { useTexts } from '../text/use-texts';
import { ConfirmButton } from './ConfirmButton';
import { SecretDialog } from './SecretDialog';
import { SendActions } from './SendActions';

export interface HookActionsProps {
  hook: Hook;
  rights: Rights;
  reload: () => Promise<void>;
  /** Called when the site and its buttons are gone: the focus must move elsewhere. */
  onDeleted: () => void;
}

/** What the current user may do with a site. */
export function HookActions({ hook, rights, reload, onDeleted }: HookActionsProps) {
  const say = useTexts();
  const actions = useHookActions(hook, reload);
  const canChange = rights.canUpdate && !hook.isDeclared;
  return (
    <Flex gap={2} wrap="wrap">
      {rights.canTrigger && <SendActions hook={hook} actions={actions} />}
      {canChange && (
        <>
          <LinkButton size="S" variant="tertiary" tag={Link} to={editPath(hook.id)}>
            {say('edit')}
          </LinkButton>
          {PRESET_FIELDS[hook.preset].isSigned && (
            <NewSecret name={hook.name} rotate={actions.rotateSecret} />
          )}
          <ConfirmButton
            label={say('delete')}
            variant="danger-light"
            onConfirm={async () => {
              if (await actions.remove()) onDeleted();
            }}
          >
            {say('delete.confirm', { name: hook.name })}
          </ConfirmButton>
        </>
      )}
    </Flex>
  );
}

function NewSecret({ name, rotate }: { name: string; rotate: () => Promise<string | undefined> }) {
  const say = useTexts();
  const button = useRef<HTMLButtonElement>(null);
  const [secret, setSecret] = useState<string>();
  return (
    <>
      <ConfirmButton
        ref={button}
        label={say('secret.new')}
        variant="tertiary"
        onConfirm={async () => setSecret(await rotate())}
      >
        {say('secret.confirm', { name })}
      </ConfirmButton>
      <SecretDialog
        secret={secret}
        name={name}
        onClose={() => setSecret(undefined)}
        onClosed={() => button.current?.focus()}
      />
    </>
  );
}
