/** A shaded face that a face detector takes for one: skin, hair, eyes with whites and pupils, brows, nose shadow, lips. */
export function paintFace(width = 640, height = 480, { x = width / 2, y = height / 2, radius = height / 4 } = {}): OffscreenCanvas {
  const canvas = new OffscreenCanvas(width, height);
  const paint = canvas.getContext('2d');
  if (!paint) throw new Error('no 2D canvas');
  paint.fillStyle = '#8fa3ad';
  paint.fillRect(0, 0, width, height);
  const ellipse = (cx: number, cy: number, rx: number, ry: number, fill: string | CanvasGradient, from = 0, to = 2 * Math.PI) => {
    paint.fillStyle = fill;
    paint.beginPath();
    paint.ellipse(x + cx * radius, y + cy * radius, rx * radius, ry * radius, 0, from, to);
    paint.fill();
  };
  const skin = paint.createRadialGradient(x - 0.25 * radius, y - 0.2 * radius, 0.1 * radius, x, y, 1.5 * radius);
  skin.addColorStop(0, '#f1c7a5');
  skin.addColorStop(0.7, '#d9a27c');
  skin.addColorStop(1, '#8a5a3e');
  ellipse(0, 1.75, 0.55, 0.7, '#c48e6a');
  ellipse(0, -0.25, 1.08, 1.25, '#3a2a20');
  ellipse(0, 0.1, 0.92, 1.2, skin);
  for (const side of [-1, 1]) {
    ellipse(side * 0.38, -0.12, 0.22, 0.14, 'rgba(110,70,50,0.35)');
    ellipse(side * 0.38, -0.1, 0.17, 0.085, '#f4efe9');
    ellipse(side * 0.38, -0.1, 0.08, 0.085, '#3b2a1c');
    ellipse(side * 0.38, -0.17, 0.19, 0.035, '#4a3325');
    ellipse(side * 0.38, -0.34, 0.24, 0.05, '#3a2a20');
    ellipse(side * 0.12, 0.36, 0.06, 0.04, '#7b4a35');
  }
  ellipse(0.04, 0.15, 0.1, 0.26, 'rgba(255,230,205,0.45)');
  ellipse(0, 0.38, 0.17, 0.06, 'rgba(120,70,50,0.45)');
  ellipse(0, 0.68, 0.33, 0.1, '#b0524c');
  ellipse(0, 0.67, 0.28, 0.025, '#6e2b2b');
  ellipse(0, 0.95, 0.3, 0.06, 'rgba(120,75,55,0.3)');
  return canvas;
}
