using System.Globalization;
using System.Text;

namespace Zoo.Tests.Data;

public sealed class CsvFileTests
{
    static CsvFile Read(string text, bool header = false, char separator = ',', Index? label = null)
    {
        using var folder = new TemporaryFolder();
        return CsvFile.Read(folder.Write("a.csv", Encoding.UTF8.GetBytes(text)), header, separator, label);
    }

    static void Refused(string text, string expected, bool header = false, Index? label = null) =>
        Assert.EndsWith($"a.csv: {expected}", Assert.Throws<InvalidDataException>(() => Read(text, header, label: label)).Message);

    [Theory]
    [InlineData(".", ",", "-")]
    [InlineData(",", ".", "-")]
    [InlineData(",", " ", "−")]
    public void Numbers_are_those_of_the_file_whatever_the_culture(string point, string thousands, string minus)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            // Made here, because a system without its tables of cultures has no others: as in English, German and Turkish, Swedish.
            var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            (culture.NumberFormat.NumberDecimalSeparator, culture.NumberFormat.NumberGroupSeparator) = (point, thousands);
            culture.NumberFormat.NegativeSign = minus;
            CultureInfo.CurrentCulture = culture;
            Assert.Equal($"{minus}1{point}5", $"{-1.5f}");
            var file = Read("1.5,-2e-3,3\r\n\"0.25\", 4 ,+5\r\n\r\n");
            Assert.Equal((2, 3), (file.Count, file.Columns));
            Assert.Equal([1.5f, -2e-3f, 3, 0.25f, 4, 5], file.Values.ToArray());
            Assert.True(file.Labels.IsEmpty);
            Assert.Empty(file.Names);
            Assert.Equal([1.5f, 2], Read("1.5;2", separator: ';').Values.ToArray());
            Refused("1.5,2\n1.250.000,2", "line 2, column 1: expected a finite number of single precision, got '1.250.000'.");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void A_header_names_the_columns_and_one_column_can_be_labels()
    {
        var file = Read("\uFEFFlabel,pixel1,pixel2\n3,0,255\n9,7,8", header: true, label: 0);
        Assert.Equal(["pixel1", "pixel2"], file.Names);
        Assert.Equal([3, 9], file.Labels.ToArray());
        Assert.Equal([0f, 255, 7, 8], file.Values.ToArray());
        Assert.Equal([2, 4], Read("1\t2\n3\t4", separator: '\t', label: ^1).Labels.ToArray());
    }

    [Fact]
    public void Rows_of_pixels_are_images()
    {
        var set = Read("3,0,255,1,2\n9,7,8,9,10", label: 0).ToImages(new ImageShape(1, 2, 2));
        Assert.Equal([3, 9], set.Labels.ToArray());
        Assert.Equal(new byte[] { 7, 8, 9, 10 }, set.Image(1).ToArray());
        string Message(string text, Index? label) =>
            Assert.Throws<InvalidDataException>(() => Read(text, label: label).ToImages(new ImageShape(1, 1, 2))).Message;
        Assert.EndsWith("expected pixels from 0 to 255, but value 1 of row 1 is 256.", Message("0,1,2\n0,3,256", 0));
        Assert.EndsWith("expected pixels from 0 to 255, but value 0 of row 0 is 0.5.", Message("0,0.5,2", 0));
        Assert.EndsWith("expected labels of images from 0 to 255, but that of row 1 is 300.", Message("0,1,2\n300,3,4", 0));
        Assert.Contains("images need labels", Message("1,2", null));
        Assert.Contains("Expected a shape of 2 values, as a row has, got 2 × 2.",
            Assert.Throws<ArgumentException>(() => Read("0,1,2", label: 0).ToImages(new ImageShape(1, 2, 2))).Message);
    }

    [Fact]
    public void A_gzip_file_is_read_and_can_feed_batches()
    {
        using var folder = new TemporaryFolder();
        var file = CsvFile.Read(folder.Write("a.csv.gz", IdxBytes.Gzip("1,2,7\n3,4,8\n"u8.ToArray())), label: 2);
        using var source = new BatchSource(file.Values, file.Columns, 2, seed: 0, shuffle: false, file.Labels);
        Assert.Equal([1f, 2, 3, 4], source.Next().ToArray());
        Assert.Equal([7, 8], source.Labels.ToArray());
    }

    [Fact]
    public void Bad_rows_are_refused_with_line_and_column()
    {
        Refused("1,2\n3,4,5\n", "line 2: expected 2 columns, as on line 1, got 3.");
        Refused("1,2\n\n3,4\n", "line 2: expected 2 columns, as on line 1, got 1.");
        Refused("1,2\n3,x\n", "line 2, column 2: expected a finite number of single precision, got 'x'.");
        Refused("1,2\n3,\n", "line 2, column 2: expected a finite number of single precision, got ''.");
        Refused("1,2\nNaN,3\n", "line 2, column 1: expected a finite number of single precision, got 'NaN'.");
        Refused("1,2\n3,1e39\n", "line 2, column 2: expected a finite number of single precision, got '1e39'.");
        Refused("1,-Infinity\n",
            "line 1, column 2: expected a finite number of single precision, got '-Infinity'. Where the first line names the columns, "
                + "read it with a header.");
        Refused("a,b\n1,2\n",
            "line 1, column 1: expected a finite number of single precision, got 'a'. Where the first line names the columns, read it "
                + "with a header.");
        Refused("1,2\n2.5,3\n", "line 2, column 1: expected a label (a whole number), got '2.5'.", label: 0);
        Refused("1,2\n", "expected a column 2 of labels, got 2 columns.", label: 2);
        Refused("1,2\n", "expected a column ^3 of labels, got 2 columns.", label: ^3);
        Refused("1\n", "expected columns beside that of the labels, got 1 column.", label: 0);
        Refused("", "expected rows of numbers, got an empty file.");
        Refused("a,b\n", "expected rows of numbers, got only a header.", header: true);
        Assert.Throws<ArgumentException>(() => Read("1", separator: '.'));
        Assert.Throws<FileNotFoundException>(() => CsvFile.Read("/no/such/file"));
    }
}
