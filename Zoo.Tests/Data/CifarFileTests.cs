namespace Zoo.Tests.Data;

public sealed class CifarFileTests
{
    // Record i: its label bytes, then pixels whose value tells channel, row and column.
    static byte Pixel(int record, int channel, int y, int x) => (byte)(7 * record + 50 * channel + 3 * y + x);

    static byte[] Records(params byte[][] labels) =>
    [
        .. labels.SelectMany((label, record) => (byte[])
        [
            .. label,
            .. from channel in Enumerable.Range(0,
                3) from y in Enumerable.Range(0, 32) from x in Enumerable.Range(0, 32) select Pixel(record, channel, y, x),
        ]),
    ];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Ten_classes_channels_first_gzip_or_plain(bool gzip)
    {
        using var folder = new TemporaryFolder();
        var bytes = Records([3], [9]);
        var set = CifarFile.Read(folder.Write("data_batch_1.bin", gzip ? IdxBytes.Gzip(bytes) : bytes), CifarClasses.Ten);
        Assert.Equal((2, 3, 32, 32, 3072), (set.Count, set.Channels, set.Height, set.Width, set.ExampleSize));
        Assert.Equal([3, 9], set.Labels.ToArray());
        var floats = new float[3072];
        set.CopyExample(1, floats);
        Assert.Equal(Pixel(1, 2, 30, 5) / 255f, floats[2 * 1024 + 30 * 32 + 5]);
        Assert.Equal(Pixel(0, 1, 4, 31), set.Image(0)[1024 + 4 * 32 + 31]);
    }

    [Fact]
    public void A_hundred_classes_have_two_labels()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("train.bin", Records([19, 99], [0, 41]));
        var (coarse, fine) = (CifarFile.Read(path, CifarClasses.Coarse),
            CifarFile.ReadFolder(folder.Path, CifarClasses.Fine, training: true));
        Assert.Equal([19, 0], coarse.Labels.ToArray());
        Assert.Equal([99, 41], fine.Labels.ToArray());
        Assert.Equal(Pixel(1, 0, 0, 1), fine.Image(1)[1]);
    }

    [Fact]
    public void The_five_files_of_a_folder_follow_each_other()
    {
        using var folder = new TemporaryFolder();
        for (var file = 1; file <= 5; file++)
            folder.Write($"data_batch_{file}.bin{(file == 3 ? ".gz" : "")}",
                file == 3 ? IdxBytes.Gzip(Records([3], [7])) : Records([(byte)file]));
        folder.Write("test_batch.bin", Records([8]));
        Assert.Equal([1, 2, 3, 7, 4, 5], CifarFile.ReadFolder(folder.Path, CifarClasses.Ten, training: true).Labels.ToArray());
        Assert.Equal([8], CifarFile.ReadFolder(folder.Path, CifarClasses.Ten, training: false).Labels.ToArray());
        File.Delete(Path.Combine(folder.Path, "data_batch_4.bin"));
        var missing = Assert.Throws<FileNotFoundException>(() => CifarFile.ReadFolder(folder.Path, CifarClasses.Ten,
            training: true)).Message;
        Assert.Equal($"{folder.Path}: none of data_batch_4.bin, data_batch_4.bin.gz is there.", missing);
    }

    [Fact]
    public void Bad_files_are_refused_by_name_with_what_was_expected_and_what_came()
    {
        using var folder = new TemporaryFolder();
        void Refused(byte[] bytes, CifarClasses classes, string expected)
        {
            var path = folder.Write("bad.bin", bytes);
            Assert.Equal($"{path}: {expected}", Assert.Throws<InvalidDataException>(() => CifarFile.Read(path, classes)).Message);
        }
        Refused(Records([1], [2])[..^1], CifarClasses.Ten,
            "expected whole records of 3073 bytes (1 of label, 3 × 32 × 32 of pixels), got 1 of them and 3072 bytes.");
        Refused(Records([1]), CifarClasses.Fine,
            "expected whole records of 3074 bytes (2 of label, 3 × 32 × 32 of pixels), got 0 of them and 3073 bytes.");
        Refused(Records([1], [10]), CifarClasses.Ten, "expected a label from 0 to 9 in record 1, got 10.");
        Refused(Records([20, 3]), CifarClasses.Coarse, "expected a label from 0 to 19 in record 0, got 20.");
        Refused(Records([2, 100]), CifarClasses.Fine, "expected a label from 0 to 99 in record 0, got 100.");
        Assert.Throws<FileNotFoundException>(() => CifarFile.Read("/no/such/file", CifarClasses.Ten));
        Assert.Throws<DirectoryNotFoundException>(() => CifarFile.ReadFolder("/no/such/folder", CifarClasses.Ten, training: true));
        Assert.Equal(0, CifarFile.Read(folder.Write("empty.bin", []), CifarClasses.Ten).Count);
    }
}
