import { Button, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Page, Panel } from '../../../design/Page.tsx';
import { useText } from '../../../i18n/text.ts';
import { Answer } from '../../../kit/states/Answer.tsx';
import { sessionsQuery } from '../queries.ts';
import { SessionList, useEndSessions } from '../SessionList.tsx';
import { whoamiQuery } from '../session.ts';
import { OwnData } from './OwnData.tsx';
import { PasswordForm } from './PasswordForm.tsx';
import { Rights } from './Rights.tsx';
import style from '../Admin.module.css';

/** Who I am here, what I may do, and where I am signed in. */
export function ProfilePage() {
  const text = useText();
  const me = useQuery(whoamiQuery);
  const sessions = useQuery(sessionsQuery(false));
  const end = useEndSessions();
  const others = (sessions.data ?? []).filter(({ is_current }) => !is_current).map(({ session_id }) => session_id);
  return (
    <Page title={text('profile.title')} about={text('profile.about')}>
      <Answer query={me} rows={5}>
        {(caller) => (
          <div className={style.columns}>
            <Panel title={text('profile.rights')}>
              <Rights caller={caller} />
            </Panel>
            {caller.kind === 'user' && (
              <>
                <Panel title={text('profile.own')}>
                  <OwnData key={`${caller.display_name} ${caller.locale}`} caller={caller} />
                </Panel>
                <Panel title={text('password.title')}>
                  <PasswordForm login={caller.name} />
                </Panel>
              </>
            )}
          </div>
        )}
      </Answer>
      <Panel
        title={text('session.title')}
        actions={
          others.length > 0 && (
            <Group>
              <Button variant="default" loading={end.isPending} onClick={() => end.mutate(others)}>
                {text('session.endOthers', { count: others.length })}
              </Button>
            </Group>
          )
        }
      >
        <Answer query={sessions}>{(list) => <SessionList sessions={list} />}</Answer>
      </Panel>
    </Page>
  );
}
