//! The picture beneath a floor: decoded within limits, freed of metadata, re-encoded in two sizes. The only user of `image`.

use crate::{Failure, Kind, Never, Services};
use domain::FloorId;
use entity::plan_image as rows;
use image::{ImageEncoder, ImageFormat, ImageReader, Limits, codecs::webp::WebPEncoder, imageops::FilterType};
use sea_orm::EntityTrait;
use std::io::Cursor;

/// Bytes of an uploaded picture.
const MOST_BYTES: usize = 10 * 1024 * 1024;
/// Pixels along an edge of an uploaded picture.
const MOST_PIXELS: u32 = 10_000;
/// Memory the decoder may take, bytes.
const MOST_MEMORY: u64 = 256 * 1024 * 1024;
/// Longest edge of the two stored sizes, pixels.
const FULL_PIXELS: u32 = 2_400;
const SMALL_PIXELS: u32 = 900;

/// Which size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImageWidth {
    /// For a laptop or a wall.
    Full,
    /// For a phone.
    Small,
}

impl ImageWidth {
    fn code(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Small => "small",
        }
    }
}

/// A stored picture.
#[derive(Clone, Debug)]
pub struct PlanImage {
    /// The file.
    pub bytes: Vec<u8>,
    /// Its type.
    pub content_type: String,
    /// Grows with every new picture.
    pub version: i64,
}

/// Why a picture cannot be used; the text is for the administrator.
#[derive(Debug, thiserror::Error)]
pub enum ImageProblem {
    /// Too many bytes.
    #[error("the picture has more than {} MB", MOST_BYTES / 1024 / 1024)]
    TooBig,
    /// Neither PNG nor JPEG nor WebP.
    #[error("the picture is neither PNG nor JPEG nor WebP")]
    Format,
    /// Broken, or larger than the limits.
    #[error("the picture cannot be read (at most {MOST_PIXELS} × {MOST_PIXELS} pixels): {0}")]
    Decode(String),
}

/// A picture ready to be stored.
pub(super) struct Ready {
    pub size: &'static str,
    pub width_px: u32,
    pub height_px: u32,
    pub bytes: Vec<u8>,
}

/// Decodes within limits and makes both sizes. Slow; call it off the async threads.
pub(super) fn prepare(file: &[u8]) -> Result<Vec<Ready>, ImageProblem> {
    if file.len() > MOST_BYTES {
        return Err(ImageProblem::TooBig);
    }
    let mut reader = ImageReader::new(Cursor::new(file)).with_guessed_format().map_err(|_| ImageProblem::Format)?;
    if !matches!(reader.format(), Some(ImageFormat::Png | ImageFormat::Jpeg | ImageFormat::WebP)) {
        return Err(ImageProblem::Format);
    }
    let mut limits = Limits::default();
    limits.max_image_width = Some(MOST_PIXELS);
    limits.max_image_height = Some(MOST_PIXELS);
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits);
    let picture = reader.decode().map_err(|error| ImageProblem::Decode(error.to_string()))?;
    [(ImageWidth::Full, FULL_PIXELS), (ImageWidth::Small, SMALL_PIXELS)]
        .into_iter()
        .map(|(width, pixels)| {
            let fitting = if picture.width().max(picture.height()) > pixels { picture.resize(pixels, pixels, FilterType::Lanczos3) } else { picture.clone() };
            let rgb = fitting.to_rgb8();
            let mut bytes = Vec::new();
            WebPEncoder::new_lossless(&mut bytes)
                .write_image(rgb.as_raw(), rgb.width(), rgb.height(), image::ExtendedColorType::Rgb8)
                .map_err(|error| ImageProblem::Decode(error.to_string()))?;
            Ok(Ready { size: width.code(), width_px: rgb.width(), height_px: rgb.height(), bytes })
        })
        .collect()
}

/// The picture beneath a floor.
///
/// # Errors
/// `NotFound` when the floor has none.
pub async fn plan_image(cx: &Services, floor: FloorId, width: ImageWidth) -> Result<PlanImage, Failure<Never>> {
    let version = cx.office().floor(floor).map(|floor| floor.image_version).ok_or(Failure::NotFound(Kind::Floor))?;
    let row = rows::Entity::find_by_id((floor.0, width.code().to_owned())).one(cx.db().reader()).await?.ok_or(Failure::NotFound(Kind::Image))?;
    Ok(PlanImage { bytes: row.bytes, content_type: row.content_type, version })
}
