/** The compose form as the page sends it, for those who leave the page out: to start at once, at any hour, one by one. */

export const PLAIN_DRAFT = {
  mode: 'one_to_one',
  fromName: '桜商店',
  fromEmail: 'news@sakura.example',
  startMode: 'now',
  startLocal: '',
  zone: 'Asia/Tokyo',
  isAllDay: true,
  days: [1, 2, 3, 4, 5, 6, 7],
  windowStart: '09:00',
  windowEnd: '21:00',
  groupHours: {},
  expiresLocal: '',
};
