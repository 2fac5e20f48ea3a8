/** Articles to try: invented, and written for this page. */
import economy from '../articles/economy.txt';
import meeting from '../articles/meeting.txt';
import security from '../articles/security.txt';
import type { Draft } from './client.ts';

export interface Sample {
  readonly id: string;
  readonly title: string;
  /** The first words of the story. */
  readonly opening: string;
  readonly draft: Draft;
}

function sample(id: string, text: string, publishTime: string, timeZone: string): Sample {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const story = lines.find((line) => line.length > 120) ?? '';
  const opening = `${story.slice(0, story.lastIndexOf(' ', 110))}…`;
  return { id, title: lines[0] ?? '', opening, draft: { text, publishTime, timeZone } };
}

export const SAMPLES: readonly Sample[] = [
  sample('meeting', meeting, '2024-03-05T18:30', 'Asia/Amman'),
  sample('economy', economy, '2023-10-17T11:00', 'Africa/Cairo'),
  sample('security', security, '2022-06-20T21:15', 'Asia/Baghdad'),
];
