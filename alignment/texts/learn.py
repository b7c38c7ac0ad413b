"""Words of the app's Learn page, and of the notice at the first start."""

from alignment.texts.text import Text

TEXTS = {
    "learn": "Learn",
    "learn_title": "Legs, films and what they tell",
    "learn_on_this_page": "On this page",
    # What it is
    "learn_what": "What alignment is, and what it is not",
    "learn_what_is": (
        "Seen from the front, hip, kneecap and middle toe of a leg that carries you can lie on one straight line, or the knee can"
        " stand to one side of it. That is what is meant by the alignment of the legs: a posture in movement, which is another in"
        " a squat than on stairs, on the left than on the right, today than when you are tired."
    ),
    "learn_line_alt": "Three pairs of legs from the front: knees inside the dotted line from hip to toe, on it, and outside it.",
    "learn_line_caption": "The knee towards the other leg, on the line from hip to toe, and away from the other leg. Blue is the person's left leg.",
    "learn_what_not": (
        "It is no grade, and no cause by itself. Many people without any complaint do not stay on the line; of people whose knees hurt,"
        " some move with the knee inside it and some outside. Nobody can read from a line why a knee hurts, or whether it will."
        " It is useful for describing how you move, and for comparing you with yourself: before and after practice, left and right."
    ),
    # How to film
    "learn_film": "How to film",
    "learn_film_lead": "The camera's place decides more than anything else. Two minutes spent on it make the numbers surer than any setting.",
    "learn_film_hip_height": Text(
        "Level, at hip height",
        "Lean the phone against something or put it on a stand; its level should show 0. Hands shake and tilt.",
    ),
    "learn_film_distance": Text(
        "Straight in front, three or four steps away",
        "From aside, a straight leg looks bent. Up to 35° is measured and turned back, but straight is surer.",
    ),
    "learn_film_whole_body": Text(
        "Head to toes, all the way",
        "Also at the lowest point, with room around. In even light, with clothes that show the knees; alone in the picture.",
    ),
    "learn_film_stand": Text(
        "Stand still for a second first",
        "Then at least three repetitions in your own way, standing still again in between. Standing is what the movement is compared with.",
    ),
    "learn_film_stairs": Text(
        "Stairs: from their foot",
        "Going up you are filmed from behind, coming down from the front; the phone stays where it is.",
    ),
    "learn_film_cycling": Text(
        "Cycling: at the height of the knees",
        "On a trainer, from straight in front, hips to toes free of the handlebar, with 60 pictures a second if the phone can.",
    ),
    "learn_film_each": "Each movement in words",
    # Level hips
    "learn_hips": "Level hips, and two marks that show them",
    "learn_hips_what": (
        "Hips are level when the left and the right side of the pelvis are at one height, also while one leg carries you. IQWiG names it among the"
        " signs of a good line: on stairs the hips stay level, the side of the free leg does not sink. Cloth and skin hide the pelvis, so from"
        " the body alone it can mostly not be told. Two marks at the waist show it, to a degree or better."
    ),
    "learn_hips_front": Text(
        "In front: step-down, one leg",
        "Filmed from the front. The shirt tucked in, hands off the hips, one mark left and one right at the same height.",
    ),
    "learn_hips_behind": Text(
        "Behind: up stairs, cycling, deep squats",
        "Filmed from behind, where no thigh and no belly hides the marks. The strip is turned upside down, as it says.",
    ),
    "learn_hips_front_alt": "Two people from the front, stepping down and on one leg: arms crossed, a strip with two tags level on the waistband.",
    "learn_hips_behind_alt": (
        "Three people from behind, on stairs, on a bicycle and in a deep squat: a strip with two tags level on the back of the waistband."
    ),
    "learn_hips_sheet": "The sheet with two tags (PDF)",
    "learn_hips_how": (
        "Print it at 100 % on A4 or Letter, cut out the strip and tape it level onto a tight waistband. The phone stands at most {metres} m away. Any film in"
        " which both tags are seen is read so. Without a printer, two green, blue or pink dots of 2.5 to 3 cm will do: on the bony points"
        " at the front of the hips or behind on the waistband; say their colour when you analyze the film. On the command line, `alignment"
        " tags` writes the sheet."
    ),
    # Out of bed
    "learn_bed": "Getting out of bed",
    "learn_bed_lead": (
        "IQWiG names getting out of bed among the moments in which the line of the legs is worth a thought. Nothing here counts or grades it;"
        " these are three things to look at yourself, once slowly, and again when you are in a hurry. There is no score."
    ),
    "learn_bed_turn": Text(
        "To the edge: both knees together",
        "Do you turn onto your side with both knees bent, one on the other, and bring both feet down at once? Or does one leg pull the other?",
    ),
    "learn_bed_sit": Text(
        "At the edge: feet under the knees",
        "Are both soles flat on the floor, about as wide apart as your hips, the toes pointing where the knees point? If not, sit nearer to the edge.",
    ),
    "learn_bed_rise": Text(
        "Up: kneecaps over the middle toes",
        "Do both legs push, or one more than the other? Do the knees stay over the feet, as on the left, or come together, as on the right?",
    ),
    "learn_bed_turn_alt": "Somebody on their back in bed with both knees bent and together; then sitting on the edge, both feet on the floor.",
    "learn_bed_sit_alt": "Somebody on the edge of a bed from the front: each foot under its knee, as wide apart as the hips.",
    "learn_bed_rise_alt": "Two people rising from the edge of a bed from the front: knees on the dotted line from hip to toe, and knees inside it.",
    "learn_bed_film": (
        "The last part can be filmed and measured: choose “{activity}”, sit on the edge of the bed and film from straight"
        " in front. Turning in bed cannot: blankets and the mattress hide the legs."
    ),
    # Advice
    "learn_running": "Running, and what is known of changing it",
    "learn_running_lead": (
        "Runners whose kneecap hurts may try to land on the middle of the foot, to take smaller steps and to keep the hips level, if sparing the"
        " knee and practice are not enough. A film from the side shows the first two: on which part a foot lands, how far before the body,"
        " and how many steps you take in a minute. It does not say which way is better for you; landing on the heel is one way among others."
    ),
    "learn_running_1": "Five to ten percent more steps a minute lower the load of each step.",
    "learn_running_2": "In one trial with 69 people, learning to run differently added nothing to being told how to spare the knee (Esculier 2018).",
    "learn_running_3": "In another study with 68 people, 35 percent felt relief at once with more steps or another landing (2023).",
    "learn_running_4": "A review of all studies found very limited evidence that changing one's way of running helps (Anderson 2022).",
    "learn_running_source": "After the studies named and what IQWiG tells patients (source below), in our words.",
    "learn_advice": "What helps when the front of the knee hurts",
    "learn_advice_lead": "What Germany's Institute for Quality and Efficiency in Health Care (IQWiG) tells patients, in our words:",
    "learn_advice_1": (
        "**It is common.** Mostly the knee had more to do than it was used to, or something new. It is no weaker for"
        " it, and you may go on relying on it."
    ),
    "learn_advice_2": (
        "**First do less of what hurts.** With much pain, pause that sport; with a little, leave out speed work, hills and steps. Runners in"
        " a study ran shorter and slower but more often, on the flat, with walking in between. Pain of at most 2 out of 10 was"
        " accepted if it was gone an hour later and no stronger the next morning; within a few months many had it in hand. On a"
        " bicycle: an easy gear, and no long or steep climbs."
    ),
    "learn_advice_3": (
        "**Then get stronger.** Training the muscles of knee, thigh and hip is the one treatment that many studies speak for. Strong"
        " muscles hold hip, knee and ankle above one another; with weak ones, the pelvis may tip and knees and feet lean inwards."
    ),
    "learn_advice_4": (
        "**Mind the line in daily life**, wherever the kneecap carries much: on stairs, running, cycling, squatting, getting up from bed or"
        " chair. Good is: hip, kneecap and middle toe on one line, the hips level on stairs, the same weight on both legs."
    ),
    "learn_advice_5": (
        "**Another way of running can be tried** if that is not enough: landing on the middle of the foot, shorter steps, hips that do not tip. Whether"
        " it helps, or whether looking at one's running does, has hardly been studied."
    ),
    "learn_advice_6": (
        "**Tape helps some people for a time**; insoles are mainly for feet that lean far to one side. Braces, treatment by hand, electric"
        " current and keyhole surgery are not advised, or do no better than exercise."
    ),
    "learn_advice_7": "What suits you is for a talk with a doctor or physiotherapist.",
    "learn_advice_source": (
        "Source: IQWiG, “How can you relieve pain at the front of the knee?”, as updated on 30 January 2024. Told in our words; IQWiG"
        " has no part in this program."
    ),
    # When to see a doctor
    "learn_doctor": "When to see a doctor",
    "learn_doctor_lead": "See a doctor soon, and do not go by this program, with:",
    "learn_doctor_1": "a knee that is hot, red or swollen",
    "learn_doctor_2": "fever",
    "learn_doctor_3": "a fall, and swelling within two hours of it",
    "learn_doctor_4": "a knee that is locked: it cannot be bent or straightened all the way",
    "learn_doctor_5": "a leg that cannot bear your weight",
    "learn_doctor_6": "pain at rest or at night",
    # What cannot be told
    "learn_cannot": "What the program cannot tell",
    "learn_cannot_lead": "Where it cannot tell, it says so and why, instead of giving a number. It never knows:",
    "learn_cannot_1": (
        "**The level of the hips without marks**: on one leg, on stairs, on a bicycle or under a leaning trunk. The landmark model draws the hips"
        " square to the trunk and lets them follow a bent leg; two marks at the waist show it."
    ),
    "learn_cannot_2": "**Tilts, unless the phone's own tilt is known.** A tilted phone looks the same as a tilted person.",
    "learn_cannot_3": "**Anything sideways in a film from the side.** From there only the knee's bend is measured.",
    "learn_cannot_4": "**The kneecap.** Nothing marks it; “knee” is the joint's centre as the model sees it, under clothes and skin.",
    "learn_cannot_5": "**Forces.** The share of the weight is estimated from where the body's mass stands over the feet; nothing is weighed.",
    "learn_cannot_6": "**Muscles**: how strong they are, or which of them works.",
    "learn_cannot_7": (
        "**Whether a heel leans inwards.** To the model a heel is one point, and a lean needs two on the heel and two on the lower leg. IQWiG tells that insoles"
        " are mainly for feet that lean far to one side; whether yours do is seen by somebody who looks at them from behind."
    ),
    "learn_cannot_8": "**Pain**, where it comes from, and what becomes of it.",
    # How sure
    "learn_sure": "How sure the numbers are",
    "learn_sure_lead": (
        "Every number has its standard error behind ±: the truth should lie within twice that to either side. The errors come from rendered people"
        " whose true angles are known, and from geometry; loose clothes, dim light and real skin can make them larger."
    ),
    "learn_sure_twice": (
        "The same movement filmed twice: in 95 of 100 cases the two films differ by less than {over_toe} of the leg's length in how far the knee"
        " is beside the line from hip to toe, and by less than {fppa} in its bend seen from the front. A smaller change says nothing."
    ),
    "learn_sure_compare": "The Compare page holds each change against how far two films of the same movement differ anyway.",
    # At the first start
    "notice_title": "Before you begin",
    "notice_what": "This program describes how you move. It finds no illness and cannot tell why something hurts.",
    "notice_done": "Understood",
    "notice_more": "Learn more",
    "notice_once": "Shown once on this machine. An empty file remembers that you have seen it: {path}",
}
