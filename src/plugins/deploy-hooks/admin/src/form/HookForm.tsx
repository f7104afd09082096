import type { ReactNode } from 'react';
import { Box, Button, Checkbox, Flex, LinkButton, Typography } from '@strapi/design-system';
import { Link } from 'react-router-dom';
import { DEFAULT_TIMING, type Hook } from '../../../shared';
import { PRESET_FIELDS } from '../data/presets';
import { LIST_PATH } from '../pages/paths';
import { useTexts, type TextName } from '../text/use-texts';
import type { FormValues } from './form-values';
import { HeaderRows } from './HeaderRows';
import { PresetField } from './PresetField';
import { SecondsField } from './SecondsField';
import { TextField } from './TextField';
import type { HookFormState } from './use-hook-form';

const SECOND_MS = 1_000;

interface HookFormProps {
  form: HookFormState;
  /** The stored site; `undefined` for a new one. */
  hook: Hook | undefined;
}

/** All settings of a site. */
export function HookForm({ form, hook }: HookFormProps) {
  const say = useTexts();
  const { errorOf, failure, isSaving, set, submit, values } = form;
  const { hasToken: needsToken, reports } = PRESET_FIELDS[values.preset];
  const text = (field: TextField, label: TextName, hint?: TextName) => ({
    name: field,
    label: say(label),
    hint: hint && say(hint),
    error: errorOf(field),
    value: values[field],
    onChange: (value: string) => set({ [field]: value }),
  });
  return (
    <form ref={form.form} noValidate onSubmit={submit}>
      <Flex direction="column" alignItems="stretch" gap={6}>
        {failure && (
          <Typography tag="p" role="alert" tabIndex={-1} textColor="danger700">
            {say('save.failed', { reason: failure })}
          </Typography>
        )}
        <Section title={say('form.site')}>
          <TextField {...text('name', 'name', 'name.hint')} isRequired />
          <PresetField
            error={errorOf('preset')}
            value={values.preset}
            onChange={(preset) => set({ preset })}
          />
          <TextField
            {...text('url', 'url', hook ? 'url.hint.stored' : 'url.hint')}
            isRequired={!hook}
            placeholder={hook?.maskedUrl}
            type="url"
          />
          {needsToken && (
            <TextField
              {...text('token', 'token', 'token.hint')}
              placeholder={hook?.hasToken ? say('stays') : undefined}
              type="password"
            />
          )}
        </Section>
        <Section title={say('form.request')}>
          <HeaderRows
            rows={values.headers}
            error={errorOf('headers')}
            onChange={(headers) => set({ headers })}
          />
          <TextField {...text('statusUrl', 'status-url', 'status-url.hint')} type="url" />
        </Section>
        {reports !== 'none' && (
          <Section title={say('form.builds')}>
            <Typography tag="p" variant="pi" textColor="neutral800">
              {hook ? say('report-url', { url: hook.reportUrl }) : say('report-url.later')}
            </Typography>
            {reports === 'host' && (
              <TextField
                {...text('reportSecret', 'report-secret', 'report-secret.hint')}
                placeholder={hook?.hasReportSecret ? say('stays') : undefined}
                type="password"
              />
            )}
          </Section>
        )}
        <Section title={say('form.filter')}>
          <TextField {...text('collections', 'collections', 'collections.hint')} isList />
          <TextField {...text('tags', 'tags', 'tags.hint')} isList />
          <TextField {...text('changed', 'changed', 'changed.hint')} isList />
        </Section>
        <Section title={say('form.time')}>
          <SecondsField
            name="quietPeriod"
            label={say('quiet-period')}
            hint={say('quiet-period.hint', { usual: DEFAULT_TIMING.quietPeriodMs / SECOND_MS })}
            error={errorOf('quietPeriod')}
            value={values.quietPeriod}
            onChange={(quietPeriod) => set({ quietPeriod })}
          />
          <SecondsField
            name="maxWait"
            label={say('max-wait')}
            hint={say('max-wait.hint', { usual: DEFAULT_TIMING.maxWaitMs / SECOND_MS })}
            error={errorOf('maxWait')}
            value={values.maxWait}
            onChange={(maxWait) => set({ maxWait })}
          />
          <Checkbox
            checked={values.isEnabled}
            onCheckedChange={(checked) => set({ isEnabled: checked === true })}
          >
            {say('enabled')}
          </Checkbox>
          {!hook && (
            <Checkbox
              checked={values.fromBeginning}
              onCheckedChange={(checked) => set({ fromBeginning: checked === true })}
            >
              {say('from-beginning')}
            </Checkbox>
          )}
        </Section>
        <Flex gap={2} justifyContent="flex-end">
          <LinkButton variant="tertiary" tag={Link} to={LIST_PATH}>
            {say('cancel')}
          </LinkButton>
          <Button type="submit" loading={isSaving}>
            {say(hook ? 'save' : 'add')}
          </Button>
        </Flex>
      </Flex>
    </form>
  );
}

/** Fields that hold text. */
type TextField = {
  [Field in keyof FormValues]: FormValues[Field] extends string ? Field : never;
}[Exclude<keyof FormValues, 'preset'>];

const Section = ({ title, children }: { title: string; children: ReactNode }) => (
  <Box background="neutral0" hasRadius padding={6} shadow="tableShadow" tag="section">
    <Typography tag="h2" variant="delta" textColor="neutral800">
      {title}
    </Typography>
    <Flex direction="column" alignItems="stretch" gap={4} paddingTop={4} maxWidth="72rem">
      {children}
    </Flex>
  </Box>
);
