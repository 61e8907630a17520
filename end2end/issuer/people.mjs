// People who do not exist.

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** GB 11643: seventeen digits with their check digit. */
export function resident(seventeen) {
  const sum = [...seventeen].reduce((total, digit, place) => total + Number(digit) * WEIGHTS[place], 0);
  return seventeen + "10X98765432"[sum % 11];
}

export const isResident = (number) => /^\d{17}[\dX]$/.test(number) && resident(number.slice(0, 17)) === number;

export const KINDS = {
  resident_id: "身份证",
  residence_permit: "港澳台居民居住证",
  hk_macau_pass: "港澳居民来往内地通行证",
  taiwan_pass: "台湾居民来往大陆通行证",
  passport: "护照",
  permanent_residence: "外国人永久居留身份证",
  military_id: "军人证",
  other: "其他",
};

const person = (name, phone_number, document_kind, document_number) => ({ name, phone_number, document_kind, document_number });

/** By 用户名. 330106 is 杭州市西湖区. */
export const PEOPLE = {
  xihu: person("陈西湖", "13900330101", "resident_id", resident("33010619900307102")),
  qiantang: person("钱塘江", "13900330102", "resident_id", resident("33010619851123203")),
  yandang: person("林雁荡", "13900330103", "resident_id", resident("33030219780615304")),
  smith: person("John Smith", "13900330104", "passport", "E12345678"),
};

/** Legal persons that do not exist, with who acts for them (法人用户登录). 330106 and 330102 registered them. */
export const UNITS = {
  longjing: { unit_code: "91330106MA2H1A2B15", unit_name: "杭州龙井某某有限公司", person: "xihu" },
  qinghefang: { unit_code: "91330102MA2H1C3DX8", unit_name: "杭州清河坊某某有限公司", person: "qiantang" },
};

/** What keeps somebody who was typed in from being anybody. The number itself may be wrong: a test may want that. */
export function check(person) {
  const faults = [];
  if (!person.name?.trim()) faults.push("请填写姓名");
  if (!/^1\d{10}$/.test(person.phone_number ?? "")) faults.push("请填写 11 位手机号码");
  if (!(person.document_kind in KINDS)) faults.push("请选择证件类型");
  if (!person.document_number?.trim()) faults.push("请填写证件号码");
  const acts = person.unit_code !== undefined || person.unit_name !== undefined;
  if (acts && !/^[0-9A-HJ-NP-RT-UW-Y]{18}$/.test(person.unit_code ?? "")) faults.push("请填写 18 位统一社会信用代码");
  if (acts && !person.unit_name?.trim()) faults.push("请填写单位名称");
  return faults;
}
