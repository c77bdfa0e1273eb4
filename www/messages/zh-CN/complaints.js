// 简体中文：拒绝一个值的理由，按核心给出的代码。

/** @type {Record<string, string>} */
const complaints = {
  "complaint.not-a-signal": "{value} 不是 AbortSignal",
  "complaint.not-a-function": "{value} 不是函数",
  "complaint.unreadable": "不是普通数据，或嵌套过深、项数过多",
  "complaint.no-such-field": "没有这个字段",
  "complaint.no-such-parameter": "没有这个参数",
  "complaint.no-such-number": "没有可在途中改动的这个数值",
  "complaint.too-many-changes": "途中的改动超过 {most} 次",
  "complaint.run-count": "共 {count} 个小球，应为 1 到 {most} 个",
  "complaint.beside-runs": "不能与 runs 同时给出",

  "complaint.not-an-object": "{value} 不是对象",
  "complaint.not-a-list": "{value} 不是列表",
  "complaint.not-numbers": "{value} 不是由 {count} 个数组成的列表",
  "complaint.not-a-coordinate": "{value} 不是 -{farthest} 到 {farthest} 之间的数",
  "complaint.no-rectangle": "{left} 到 {right}、{bottom} 到 {top} 构不成矩形",
  "complaint.no-range": "{low} 到 {high} 不构成一个范围",

  "complaint.unnamed-surface": "{value} 没有说明是哪个曲面",
  "complaint.unknown-surface": "没有名为 {value} 的曲面",
  "complaint.unnamed-optimizer": "{value} 没有说明是哪个优化器",
  "complaint.unknown-optimizer": "没有名为 {value} 的优化器",

  "complaint.out-of-range": "{value} 不在 {lowest} 到 {highest} 之间",
  "complaint.not-whole": "{value} 不是整数",
  "complaint.not-a-number": "{value} 不是数",
  "complaint.not-a-toggle": "{value} 不是 true 或 false",
  "complaint.not-an-option": "{value} 不是以下选项之一：{options}",
  "complaint.not-a-text": "{value} 不是文本",
  "complaint.too-long": "超过 {longest} 个字符",

  "complaint.repeated": "重复给出，{value} 不起作用",
  "complaint.link-version": "{value} 不是 {newest} 以内的版本，按版本 {newest} 读取",
  "complaint.more-complaints": "另有 {count} 个值不起作用",

  "complaint.formula-operator": "第 {position} 个字符处：应为运算符，却是 {found}",
  "complaint.formula-sign": "第 {position} 个字符处：应为 '{wanted}'，却是 {found}",
  "complaint.formula-sign-at-end": "第 {position} 个字符处：应为 '{wanted}'，公式却已结束",
  "complaint.formula-operand": "第 {position} 个字符处：应为数、名称或 '('，却是 {found}",
  "complaint.formula-operand-at-end": "第 {position} 个字符处：应为数、名称或 '('，公式却已结束",
  "complaint.formula-depth": "第 {position} 个字符处：嵌套超过 {deepest} 层",
  "complaint.formula-height": "第 {position} 个字符处：等待内层结果的值超过 {highest} 个",
  "complaint.formula-number": "第 {position} 个字符处：{number} 过大",
  "complaint.formula-digits": "第 {position} 个字符处：应为数字",
  "complaint.formula-name": "第 {position} 个字符处：“{name}”既不是 {known}，也不是已知的函数",
  "complaint.formula-product": "第 {position} 个字符处：1/xy 这样的写法有两种理解，请写出 * 和括号",
  "complaint.formula-bars": "第 {position} 个字符处：不清楚哪个 | 与哪个配对，请把 |x| 写成 abs(x)",
  "complaint.formula-work": "计算量过大：按耗时折算有 {work} 次运算，超过了 {most} 次",

  "complaint.script-numbers": "脚本只支持数值参数",
  "complaint.script-constant": "不含 x 和 y 的公式没有斜率",
  "complaint.script-not-finite": "公式中有一个常数部分不是有限数",
  "complaint.script-power": "脚本无法重现指数可变的幂，除非底数是正数",
  "complaint.script-schedule": "脚本不支持调度“{schedule}”",
  "complaint.script-change": "脚本无法重现 {parameter} 在途中的改动",
  "complaint.script-form": "脚本不支持在 {step} 步之后换成另一种形式的规则",
  "complaint.torch-class": "torch.optim 中没有与 {optimizer} 走法相同的类",
  "complaint.torch-velocity": "动量为 0 时 torch.optim 不保留速度，因此脚本无法重现从 0 改起或改为 0 的动量",
  "complaint.torch-latest": "torch.optim 的计算方式等于假定 {parameter} 从来都是最新的值，因此脚本无法重现它的改动",
};

export default complaints;
