import { createHash } from 'node:crypto';
import type { Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { now } from '../../platform/clock/clock.ts';
import { Event } from './events_contract.ts';

/** An event as somebody published it. */
export const channelPrefix = 'teloo:events:';

const mostChars = 1_000_000;
const event = Compile(Event);

export type PublishedEvent = Static<typeof Event>;

/**
 * The event in a message: the same object as by REST, or its data alone, whose type is then the end of the channel's name. Without an id of its
 * own it gets the one of its content, so that nodes that all hear it take it once. Throws with the reason where there is no event in it.
 */
export function readMessage(channel: string, text: string): PublishedEvent {
  if (text.length > mostChars) throw new Error(`longer than ${mostChars} characters`);
  const message: unknown = JSON.parse(text);
  if (typeof message !== 'object' || message === null || Array.isArray(message)) throw new Error('not a JSON object');
  const { event_id, event_type, at, timestamp, data, ...rest } = message as Record<string, unknown>;
  const found = {
    event_id: event_id ?? `sha256-${createHash('sha256').update(`${channel}\n${text}`).digest('hex')}`,
    event_type: event_type ?? channel.slice(channelPrefix.length),
    at: at ?? timestamp ?? now().toISOString(),
    data: data ?? rest,
  };
  if (event.Check(found)) return found;
  throw new Error(
    event
      .Errors(found)
      .map(({ instancePath, message: rule }) => `${instancePath.slice(1)} ${rule}`)
      .join('; '),
  );
}
