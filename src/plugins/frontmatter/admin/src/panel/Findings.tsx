import { Button, Flex, Typography } from '@strapi/design-system';
import { uniqBy } from 'es-toolkit';
import type { Preview, ShapeSummary } from '../../../shared';
import { useTexts } from '../use-texts';
import { jumpTo } from './jump-to';
import { fieldOf } from './labels';

/** What readers or search engines would stumble over, each with a button to its field. */
export function Findings({ preview, shape }: { preview: Preview; shape: ShapeSummary }) {
  const say = useTexts();
  const findings = uniqBy(preview.findings, ({ code, path, message }) =>
    [code, path, message].join(' ')
  );
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  return (
    <Flex direction="column" alignItems="stretch" gap={2}>
      {errors > 0 && (
        <Typography tag="p" variant="pi" textColor="danger600">
          {say('refused', { count: errors })}
        </Typography>
      )}
      <Typography tag="h3" variant="sigma" textColor="neutral600">
        {say('findings', { count: findings.length })}
      </Typography>
      <Flex tag="ul" direction="column" alignItems="stretch" gap={2}>
        {findings.map(({ code, message, path, severity }) => {
          const field = fieldOf(shape, path);
          return (
            <li key={`${code} ${path} ${message}`}>
              {field && (
                <Button size="S" variant="ghost" onClick={() => jumpTo(field)}>
                  {field.label}
                </Button>
              )}
              <Typography
                tag="p"
                variant="pi"
                textColor={severity === 'error' ? 'danger600' : 'neutral800'}
              >
                {field || path === '' ? message : `${path}: ${message}`}
              </Typography>
            </li>
          );
        })}
      </Flex>
    </Flex>
  );
}
