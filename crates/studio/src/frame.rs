//! The frame that a person lays over a picture: always in the proportion, always inside, never fewer pixels than asked.

use crate::crop::largest;
use crate::pixels::Rect;

/// A frame that is moved and zoomed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    limit: Rect,
    size: (u32, u32),
    /// 0 is the largest part that fits, 1 the smallest with enough pixels.
    zoom: f64,
    /// The middle, in pixels of the picture.
    middle: (f64, f64),
}

impl Frame {
    /// The largest part in the proportion `size`, inside `limit`, where [`largest`] puts it.
    #[must_use]
    pub fn new(limit: Rect, size: (u32, u32)) -> Self {
        let part = largest(limit, size);
        let half = |from: u32, length: u32| f64::from(from) + f64::from(length) / 2.0;
        Self { limit, size, zoom: 0.0, middle: (half(part.x, part.width), half(part.y, part.height)) }
    }

    /// How far it is zoomed, 0 to 1.
    #[must_use]
    pub fn zoom(&self) -> f64 {
        self.zoom
    }

    /// Whether there are pixels to spare.
    #[must_use]
    pub fn can_zoom(&self) -> bool {
        largest(self.limit, self.size).width > self.size.0
    }

    /// The part of the picture.
    #[must_use]
    pub fn part(&self) -> Rect {
        let most = largest(self.limit, self.size);
        let least = self.size.0.min(most.width);
        let width = (f64::from(most.width) + (f64::from(least) - f64::from(most.width)) * self.zoom).round() as u32;
        let wanted = Rect { width, height: self.limit.height, ..self.limit };
        let height =
            if self.zoom == 0.0 { most.height } else { largest(wanted, self.size).height.max(self.size.1).min(most.height) };
        let place = |middle: f64, length: u32, from: u32, whole: u32| {
            let start = (middle - f64::from(length) / 2.0).round().max(f64::from(from)) as u32;
            start.min(from + whole - length)
        };
        Rect {
            x: place(self.middle.0, width, self.limit.x, self.limit.width),
            y: place(self.middle.1, height, self.limit.y, self.limit.height),
            width,
            height,
        }
    }

    /// Moves it by so many pixels of the picture, as far as the picture goes.
    pub fn move_by(&mut self, across: f64, down: f64) {
        self.middle = (self.middle.0 + across, self.middle.1 + down);
        self.settle();
    }

    /// Zooms about its middle.
    pub fn zoom_to(&mut self, zoom: f64) {
        self.zoom = if self.can_zoom() { zoom.clamp(0.0, 1.0) } else { 0.0 };
        self.settle();
    }

    /// What was pushed out of the picture does not have to be pulled back first.
    fn settle(&mut self) {
        let part = self.part();
        let within = |middle: f64, length: u32, from: u32, whole: u32| {
            let half = f64::from(length) / 2.0;
            middle.clamp(f64::from(from) + half, f64::from(from + whole) - half)
        };
        self.middle = (
            within(self.middle.0, part.width, self.limit.x, self.limit.width),
            within(self.middle.1, part.height, self.limit.y, self.limit.height),
        );
    }
}
