import { SegmentedControl } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { Panel } from '../../../design/Page.tsx';
import { useFormat } from '../../../i18n/format.ts';
import { isMessageKey, useText } from '../../../i18n/text.ts';
import { CodeBlock } from '../../../kit/drill/CodeBlock.tsx';
import { Status, type Tone } from '../../../kit/states/Status.tsx';
import type { Check } from '../health_queries.ts';
import { Said } from './Said.tsx';
import style from './Health.module.css';

const route = getRouteApi('/shell/system-health');
const tones: Record<Check['severity'], Tone> = { ok: 'good', warning: 'risk', critical: 'bad', skipped: 'quiet' };
const isBroken = ({ severity }: Check) => severity === 'warning' || severity === 'critical';

export function Checks({ checks }: { checks: Check[] }) {
  const text = useText();
  const show = route.useSearch()['show'] === 'broken' ? 'broken' : 'all';
  const navigate = route.useNavigate();
  const broken = checks.filter(isBroken);
  const shown = show === 'broken' ? broken : checks;
  return (
    <Panel
      title={text('health.checks')}
      about={broken.length === 0 ? text('health.fine') : text('health.broken', { count: broken.length })}
      actions={
        <SegmentedControl
          size="xs"
          aria-label={text('health.show')}
          value={show}
          onChange={(value) => void navigate({ search: (old) => ({ ...old, show: value === 'broken' ? value : undefined }), replace: true })}
          data={[
            { value: 'all', label: text('health.showAll') },
            { value: 'broken', label: text('health.showBroken') },
          ]}
        />
      }
      flush
    >
      <ul className={style.checks}>
        {shown.map((check) => (
          <CheckRow key={check.check_name} check={check} />
        ))}
        {shown.length === 0 && <li className={style.check}>{text('health.fine')}</li>}
      </ul>
    </Panel>
  );
}

function CheckRow({ check }: { check: Check }) {
  const text = useText();
  const format = useFormat();
  const category = `health.category.${check.check_category}`;
  const number = (value: number) => format.number(value, 'tick');
  return (
    <li className={style.check}>
      <div className={style.state}>
        <Status tone={tones[check.severity]}>{text(`health.severity.${check.severity}`)}</Status>
        <span className={style.quiet}>{isMessageKey(category) ? text(category) : check.check_category}</span>
      </div>
      <div className={style.said}>
        <div className={style.says}>
          <Said name={`checkSays.${check.check_name}`} spoken={check.says} />
        </div>
        <div className={style.quiet}>
          {check.value !== null && (
            <span lang="en">
              {number(check.value)} {check.unit}:{' '}
            </span>
          )}
          <span lang="en">{check.details}</span>
        </div>
        {isBroken(check) && (
          <>
            <p className={style.advice}>
              <Said name={`checkAdvice.${check.check_name}`} spoken={check.advice ?? ''} />
            </p>
            {check.fix && <CodeBlock label={text('health.fix')} code={check.fix} lang="en" />}
          </>
        )}
      </div>
      <div className={style.limits}>{text('health.thresholds', { warning: number(check.warning), critical: number(check.critical) })}</div>
    </li>
  );
}
