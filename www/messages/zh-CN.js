// 简体中文：界面的全部文字，以及目录中各项的名称。

/** @type {import("../messages.js").Table & Record<string, string>} */
const texts = {
  "page.title": "动量实验室：看见带动量的梯度下降",
  "page.momentum": "动量",
  "page.lab": "实验室",
  "page.lead": "拖动起点，调节学习率和动量，看路径如何随之改变。",

  "lab.label": "动量实验室：损失曲面上的梯度下降",
  "lab.loading": "正在加载实验室……",
  "lab.failed": "实验室无法启动：{reason}。需要支持 WebAssembly 的浏览器，并且页面须经 HTTP 提供。",
  "lab.stopped": "实验室已停止：{reason}。请重新加载页面。",

  "language.change": "语言：切换为 {language}",

  "theme.choose": "配色：{theme}。点击更换",
  "theme.auto": "跟随系统",

  "plot.label": "损失曲面与各次运行的路径",
  "plot.label.space": "损失曲面与各次运行路径的三维视图。用方向键转动。",
  "plot.space": "三维",
  "plot.space.title": "切换三维视图与平面图（3 键）。在三维视图中拖动以转动，双击复原。",
  "plot.arrows": "箭头：一步由什么组成（A 键）",
  "plot.curvature": "球处的曲率（C 键）",
  "plot.out": "缩小（− 键）",
  "plot.in": "放大（+ 键）",
  "plot.fit": "显示全部（0 键或双击）",
  "plot.examined": "f({x}, {y}) = {value}   ∇f = ({right}, {up})",
  "part.momentum": "保留的速度",
  "part.gradient": "梯度",
  "part.step": "步",
  "sight.minimum": "极小值",
  "sight.saddle": "鞍点",
  "sight.maximum": "极大值",
  "start.label": "起点 {x}，{y}。可以拖动，也可以用方向键移动。",
  "start.hint": "起点，可拖动",

  "transport.label": "时间",
  "transport.restart": "回到起点",
  "transport.back": "后退一步",
  "transport.play": "播放",
  "transport.pause": "暂停",
  "transport.forward": "前进一步",
  "transport.time": "当前步数",
  "transport.step": "步数",
  "transport.of": "/ {steps}",
  "transport.speed": "速度：每秒 {value} 步",
  "transport.factor": "{factor}×",

  "figures.label": "图表",
  "figure.data": "数据与拟合曲线",

  "surface.label": "曲面",
  "surface.choose": "曲面",
  "path.label": "步数、噪声与改动的生效方式",

  "run.label": "运行 {number}：{name}",
  "run.choose": "运行 {number} 的优化器",
  "run.add": "添加运行",
  "run.remove": "移除运行 {number}",
  "run.numbers": "损失 {loss}  ·  |∇f| {gradient}",
  "card.more": "公式",
  "card.source": "出处：{source}",

  "status.running": "进行中",
  "status.converged": "收敛 · {step}",
  "status.diverged": "发散 · {step}",

  "number.label": "{name}，输入数值",
  "error.empty": "请输入数值",

  "sentence.start": "起点处损失为 {loss}。拖动起点，或按“播放”。",
  "sentence.running": "{name}仍在移动，损失 {loss}",
  "sentence.converged": "{name}在第 {step} 步收敛",
  "sentence.diverged": "{name}在第 {step} 步发散",
  "sentence.many": "{converged} 个已收敛，{diverged} 个已发散，{running} 个仍在移动",
  "sentence.join": "；",
  "sentence.end": "{sentence}。",

  "outcome.running": "{name}在 {steps} 步内不收敛",
  "outcome.converged": "{name}在第 {step} 步收敛",
  "outcome.diverged": "{name}在第 {step} 步发散",

  "group.quadratic": "二次函数",
  "group.valley": "山谷与势阱",
};

export default texts;
