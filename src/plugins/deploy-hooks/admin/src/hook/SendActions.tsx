import { useId } from 'react';
import { Typography } from '@strapi/design-system';
import type { Hook } from '../../../shared';
import { PRESET_FIELDS } from '../data/presets';
import type { HookActions } from '../data/use-hook-actions';
import { useTexts, type TextName } from '../text/use-texts';
import { ActionButton } from './ActionButton';
import { ConfirmButton } from './ConfirmButton';

/** Buttons that send something to a site, or pause that. */
export function SendActions({ hook, actions }: { hook: Hook; actions: HookActions }) {
  const say = useTexts();
  const hintId = useId();
  const isPaused = hook.state.kind === 'paused';
  const hint = hintOf(hook);
  return (
    <>
      <ActionButton
        label={say('deploy-now')}
        aria-describedby={hint && hintId}
        isOff={isPaused || !hook.isEnabled}
        onAct={actions.deployNow}
      />
      {PRESET_FIELDS[hook.preset].buildsForTests ? (
        <ConfirmButton label={say('test')} variant="secondary" onConfirm={actions.sendTest}>
          {say('test.confirm', { host: say(`preset.${hook.preset}`), name: hook.name })}
        </ConfirmButton>
      ) : (
        <ActionButton label={say('test')} variant="secondary" onAct={actions.sendTest} />
      )}
      {hook.isEnabled && (
        <ActionButton
          label={say(isPaused ? 'resume' : 'pause')}
          variant="tertiary"
          onAct={isPaused ? actions.resume : actions.pause}
        />
      )}
      {hint && (
        // After all buttons, on its own line.
        <Typography
          id={hintId}
          tag="p"
          variant="pi"
          textColor="neutral600"
          style={{ flexBasis: '100%', order: 1 }}
        >
          {say(hint, { host: say(`preset.${hook.preset}`) })}
        </Typography>
      )}
    </>
  );
}

/** Returns why a site cannot be deployed now, or what deploying it costs. */
function hintOf({ isEnabled, preset, state }: Hook): TextName | undefined {
  if (!isEnabled) return 'deploy-now.disabled';
  if (state.kind === 'paused') return 'deploy-now.paused';
  return PRESET_FIELDS[preset].buildsForTests ? 'deploy-now.builds' : undefined;
}
